// TensorFlow writes to standard error from static initialisers, before anybody could ask it not to.
// While it loads, standard error leads nowhere.
#include <fcntl.h>
#include <unistd.h>

// Returns a copy of standard error, to be handed back.
extern "C" int silence_standard_error() {
  int kept = dup(2);
  int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(nowhere, 2);
  close(nowhere);
  return kept;
}

extern "C" void restore_standard_error(int kept) {
  dup2(kept, 2);
  close(kept);
}
