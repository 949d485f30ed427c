# Photographs a second of torchvision's loader, over the second epoch: stream_reference.py <folder> <workers> <batch>.
import sys
import time

import torch

# A torchvision built for another device than torch lacks operators of detection, which no photograph here needs.
register = torch.library.register_fake
torch.library.register_fake = lambda name, *args, **options: (
    (lambda function: function) if str(name).startswith("torchvision::") else register(name, *args, **options)
)
from torchvision import datasets, transforms  # noqa: E402

if __name__ == "__main__":
    folder, workers, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    data = datasets.ImageFolder(
        folder,
        transforms.Compose(
            [transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip(), transforms.PILToTensor()]
        ),
    )
    loader = torch.utils.data.DataLoader(
        data, batch_size=batch, shuffle=False, num_workers=workers, persistent_workers=True
    )
    for _ in range(2):
        began = time.perf_counter()
        seen = sum(len(images) for images, _ in loader)
        seconds = time.perf_counter() - began
    print(seen / seconds)
