/**
 * What is used of node-llama-cpp's addon. It publishes these types for its own use only.
 *
 * @module
 */

/** A model's weights and its tokeniser. */
export interface AddonModel {
  /** Reads the file; false when it cannot. */
  init(): Promise<boolean>;
  /** Frees the weights. */
  dispose(): Promise<void>;
  /** The tokens of a text. With `specialTokens`, a text like `<|im_end|>` is one token; BOS is never added. */
  tokenize(text: string, specialTokens: boolean): Uint32Array;
  /** The text of tokens. */
  detokenize(tokens: Uint32Array): string;
  /** The architecture, the size and the kind of weights: `llama 256M Q4_1`. */
  getModelDescription(): string;
  /** The longest text of its training, in tokens. */
  getTrainContextSize(): number;
  /** Whether every text must begin with BOS. */
  shouldPrependBosToken(): boolean;
  /** The token that begins a text. */
  tokenBos(): number;
}

/** The memory of a model for one text, and the logits of its last tokens. */
export interface AddonContext {
  /** Allocates; false when it cannot. */
  init(): Promise<boolean>;
  /** Frees the memory. */
  dispose(): Promise<void>;
  /** Makes room for a batch of tokens. */
  initBatch(size: number): void;
  /** Adds tokens from a place on, and gives the places of the logits that are wanted. */
  addToBatch(
    sequence: number,
    place: number,
    tokens: Uint32Array,
    wantedLogits: Uint32Array,
  ): Uint32Array<ArrayBuffer>;
  /** Evaluates the batch. */
  decodeBatch(): Promise<void>;
  /** Draws a token; with `probabilities`, tokens and probabilities in turn; with `confidence`, that of the token. */
  sampleToken(
    logits: number,
    sampler: AddonSampler,
    probabilities: boolean,
    confidence: boolean,
  ): Promise<[token: number, probabilities: readonly number[] | undefined, confidence: number | undefined]>;
  /** Forgets everything. */
  disposeSequence(sequence: number): void;
  /** Forgets the tokens from `start` up to before `end`; false when it cannot. */
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
}

/** How a token is drawn. */
export interface AddonSampler {
  /** Sets it up. A missing temperature means the likeliest token. */
  applyConfig(config: {
    readonly temperature?: number;
    readonly topK?: number;
    readonly topP?: number;
    readonly minP?: number;
    readonly tokenBiasKeys?: Uint32Array;
    readonly tokenBiasValues?: Float32Array;
  }): void;
  /** Frees it. */
  dispose(): void;
}

/** The addon. */
export interface Addon {
  /** Reads models. */
  readonly AddonModel: new (
    path: string,
    options: { readonly gpuLayers: number; readonly useMmap: boolean; readonly addonExports: Addon },
  ) => AddonModel;
  /** Evaluates them. */
  readonly AddonContext: new (
    model: AddonModel,
    options: {
      readonly contextSize: number;
      readonly batchSize: number;
      readonly sequences: number;
      readonly threads: number;
      readonly flashAttention: boolean;
      readonly swaFullCache: boolean;
    },
  ) => AddonContext;
  /** Draws tokens. */
  readonly AddonSampler: new (model: AddonModel) => AddonSampler;
  /** 0 for silence. */
  setLoggerLogLevel(level: number): void;
  /** Loads kernels, those in a folder if one is named. */
  loadBackends(folder?: string): void;
  /** Starts llama.cpp. */
  init(): Promise<void>;
}
