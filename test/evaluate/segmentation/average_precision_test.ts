import { assertAlmostEquals, assertEquals } from "@std/assert";
import { averagePrecision } from "../../../lib/evaluate/segmentation/average_precision.ts";

Deno.test("averagePrecision() is pycocotools'", () => {
  // Six images of one class, boxes and scores of sines; COCOeval(..., "bbox").stats[:3].
  const images = [
    { scores: [0.5], overlaps: [[0.737]], truths: 1 },
    { scores: [0.8, 0.2, 0.7], overlaps: [[0.804, 0.2151], [0.2141, 0.7647], [0.7899, 0.283]], truths: 2 },
    { scores: [1.0], overlaps: [[0.7457]], truths: 1 },
    { scores: [0.9, 0.0, 1.0], overlaps: [[0.8132, 0.1961], [0.1733, 0.7722], [0.8252, 0.1809]], truths: 2 },
    { scores: [0.6], overlaps: [[0.7561]], truths: 1 },
    { scores: [0.3, 0.6, 0.4], overlaps: [[0.7502, 0.2059], [0.1912, 0.8043], [0.8082, 0.1941]], truths: 2 },
  ];
  const { ap, ap50, ap75 } = averagePrecision(images);
  assertAlmostEquals(ap, 0.4771452145214522, 1e-12);
  assertAlmostEquals(ap50, 0.822057205720572, 1e-12);
  assertAlmostEquals(ap75, 0.4504950495049505, 1e-12);
});

Deno.test("averagePrecision() is 1 when all is found and 0 when nothing is", () => {
  const found = { scores: [1, 1], overlaps: [[1, 0], [0, 1]], truths: 2 };
  assertEquals(averagePrecision([found]), { ap: 1, ap50: 1, ap75: 1 });
  assertEquals(averagePrecision([{ scores: [], overlaps: [], truths: 1 }]), { ap: 0, ap50: 0, ap75: 0 });
  assertEquals(averagePrecision([{ scores: [1], overlaps: [[]], truths: 0 }]).ap, 0);
});

Deno.test("a second detection of an object is wrong, and equally sure ones count in the images' order", () => {
  const twice = { scores: [1, 1], overlaps: [[0.9], [0.8]], truths: 1 };
  const once = { scores: [1], overlaps: [[0.9]], truths: 1 };
  // Recall ½ at precision 1, then recall 1 at precision ⅔.
  assertAlmostEquals(averagePrecision([twice, once]).ap50, (51 + 50 * 2 / 3) / 101, 1e-12);
  assertAlmostEquals(averagePrecision([once, twice]).ap50, 1, 1e-12);
});
