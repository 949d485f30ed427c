/**
 * The types that TensorFlow infers when it runs an operation at once, but wants spelled out in a graph.
 *
 * @module
 */

/**
 * Which input gives each type attribute, for the operations of TensorFlow.js and ours. Taken from TensorFlow's own
 * operation definitions (a test compares them); an operation that is not here has one, `T`, from its first input.
 */
const typedBy: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  All: { Tidx: 1 },
  Any: { Tidx: 1 },
  ArgMax: { T: 0, Tidx: 1 },
  ArgMin: { T: 0, Tidx: 1 },
  AvgPool3DGrad: { T: 1 },
  AvgPoolGrad: { T: 1 },
  BatchToSpaceND: { T: 0, Tblock_shape: 1, Tcrops: 2 },
  Bincount: { T: 2 },
  Cast: { SrcT: 0 },
  Complex: { T: 0 },
  ComplexAbs: { T: 0 },
  Conv2DBackpropInput: { T: 1 },
  Conv3DBackpropInputV2: { T: 1, Tshape: 0 },
  Cumprod: { T: 0, Tidx: 1 },
  Cumsum: { T: 0, Tidx: 1 },
  DepthwiseConv2dNativeBackpropInput: { T: 1 },
  ExpandDims: { T: 0, Tdim: 1 },
  FFT: { Tcomplex: 0 },
  Fill: { T: 1, index_type: 0 },
  GatherNd: { Tparams: 0, Tindices: 1 },
  GatherV2: { Tparams: 0, Tindices: 1, Taxis: 2 },
  IFFT: { Tcomplex: 0 },
  Imag: { T: 0 },
  LinSpace: { T: 0, Tidx: 2 },
  LogicalAnd: {},
  LogicalNot: {},
  LogicalOr: {},
  Max: { T: 0, Tidx: 1 },
  MaxPool3DGrad: { T: 2, TInput: 0 },
  Mean: { T: 0, Tidx: 1 },
  Min: { T: 0, Tidx: 1 },
  MirrorPad: { T: 0, Tpaddings: 1 },
  Multinomial: { T: 0 },
  OneHot: { T: 2, TI: 0 },
  PadV2: { T: 0, Tpaddings: 1 },
  Prod: { T: 0, Tidx: 1 },
  Range: { Tidx: 0 },
  Real: { T: 0 },
  Reshape: { T: 0, Tshape: 1 },
  ResizeBilinearGrad: { T: 1 },
  ReverseV2: { Tidx: 1, T: 0 },
  ScatterNd: { T: 1, Tindices: 0 },
  Select: { T: 1 },
  SelectV2: { T: 1 },
  Slice: { T: 0, Index: 1 },
  SpaceToBatchND: { T: 0, Tblock_shape: 1, Tpaddings: 2 },
  SparseToDense: { T: 2, Tindices: 0 },
  SplitV: { T: 0, Tlen: 1 },
  StatelessRandomNormal: { T: 0, Tseed: 1 },
  StatelessRandomUniform: { T: 0, Tseed: 1 },
  StatelessRandomUniformFullInt: { T: 0, Tseed: 1 },
  StaticRegexReplace: {},
  StridedSlice: { T: 0, Index: 1 },
  Sum: { T: 0, Tidx: 1 },
  TensorScatterUpdate: { T: 0, Tindices: 1 },
  Tile: { T: 0, Tmultiples: 1 },
  TopKV2: { T: 0, Tk: 1 },
  Transpose: { T: 0, Tperm: 1 },
  Unique: { T: 0 },
  UniqueV2: { T: 0, Taxis: 1 },
  UnsortedSegmentSum: { T: 0, Tindices: 1, Tnumsegments: 2 },
};

const firstInput = { T: 0 };

/**
 * The type attributes of an operation that its inputs decide: for each, the place of the input that has that type.
 *
 * @param operation The operation's name in TensorFlow.
 */
export function typeAttributes(operation: string): Readonly<Record<string, number>> {
  return typedBy[operation] ?? firstInput;
}
