/**
 * The data that users bring themselves: where each set comes from, and how it must lie in `ASSAY_DATA`.
 *
 * @module
 */
import type { Capability } from "../../dag/capability.ts";
import { ownCopy } from "./own_copy.ts";

const imagenet = {
  folder: "imagenet",
  title: "ImageNet-1k",
  parts: ["train", "val"],
  remedy:
    "Get it from image-net.org, put train/<class>/*.JPEG and val/<class>/*.JPEG into a folder imagenet, " +
    "and set ASSAY_DATA to the folder that holds that one.",
};

const imagenet21k = {
  folder: "imagenet21k",
  title: "ImageNet-21k",
  parts: ["train"],
  remedy: "Get it from image-net.org, put train/<class>/*.JPEG into a folder imagenet21k, " +
    "and set ASSAY_DATA to the folder that holds that one.",
};

/** Every such set. */
export const ownCopies: readonly Capability[] = [
  ownCopy({ ...imagenet, name: "imagenet", about: "Photographs of a thousand classes of things." }),
  ownCopy({
    ...imagenet,
    name: "imagenet-folders",
    about: "Which photographs of a thousand classes of things there are.",
    dated: true,
  }),
  ownCopy({ ...imagenet21k, name: "imagenet21k", about: "Photographs of 21,841 classes of things." }),
  ownCopy({
    ...imagenet21k,
    name: "imagenet21k-folders",
    about: "Which photographs of 21,841 classes of things there are.",
    dated: true,
  }),
  ownCopy({
    name: "voc",
    about: "Photographs of things with their outlines.",
    title: "PASCAL VOC 2012",
    dated: true,
    parts: ["JPEGImages", "SegmentationClass", "ImageSets/Segmentation/val.txt"],
    remedy:
      "Get it from host.robots.ox.ac.uk/pascal/VOC, put the folders of VOCdevkit/VOC2012 into a folder voc, " +
      "and set ASSAY_DATA to the folder that holds that one.",
  }),
  ownCopy({
    name: "captioned-shards",
    about: "Captioned photographs in tar archives.",
    title: "captioned photographs",
    parts: ["vocabulary.txt", "classes.txt", "train", "known", "test"],
    remedy:
      "Put tar archives of NAME.jpg and NAME.txt (the WebDataset layout; in known and test also NAME.cls, the number " +
      "of a class) into captioned-shards/train, known and test, with BERT's vocabulary.txt and a classes.txt " +
      "beside them, and set ASSAY_DATA to the folder that holds captioned-shards.",
  }),
  ownCopy({
    name: "coco",
    about: "Photographs of many things with their outlines.",
    title: "COCO 2017",
    dated: true,
    parts: ["val2017", "annotations/instances_val2017.json"],
    remedy: "Get it from cocodataset.org, put val2017 and annotations into a folder coco, " +
      "and set ASSAY_DATA to the folder that holds that one.",
  }),
  ownCopy({
    name: "openwebtext",
    about: "Pages that people linked to, in the tokens of GPT-2.",
    title: "OpenWebText",
    parts: ["train.bin", "val.bin"],
    remedy: "Make train.bin and val.bin with nanoGPT's data/openwebtext/prepare.py, put them into a folder " +
      "openwebtext, and set ASSAY_DATA to the folder that holds that one.",
  }),
  ownCopy({
    name: "fmow",
    about: "Satellite images of uses of land.",
    title: "fMoW (WILDS 1.1)",
    parts: ["rgb_metadata.csv", "images"],
    remedy:
      "Get it with the package wilds (53.9 GB), put rgb_metadata.csv and images/rgb_img_*.png into a folder fmow, " +
      "and set ASSAY_DATA to the folder that holds that one.",
  }),
];
