/**
 * Looking rows up by their number.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";
import { rawOp } from "./raw_op.ts";

/**
 * Rows of a table by their numbers, such as the embeddings of tokens. Unlike `tf.gather` it does not look at the numbers,
 * so that compiled steps can use it; a number outside of the table fails in TensorFlow.
 *
 * @param table `[rows, …]`.
 * @param indices int32, of any shape.
 * @returns `[…indices, …]`.
 */
export function gather(table: TensorFlow.Tensor, indices: TensorFlow.Tensor): TensorFlow.Tensor {
  const [rows, ...row] = table.shape;
  const operation = tf.customGrad((table, save) => {
    (save as TensorFlow.GradSaveFunc)([indices]); // else they are gone by the time of the gradient
    return {
      value: rawOp<TensorFlow.Tensor>(
        "GatherV2",
        [table as TensorFlow.Tensor, indices, tf.scalar(0, "int32")],
        { batch_dims: { int: 0 } },
      ),
      gradFunc: (arriving, saved) => {
        const [indices] = saved as [TensorFlow.Tensor];
        // Rows that were looked up several times get the sum of what arrives.
        return rawOp<TensorFlow.Tensor>("UnsortedSegmentSum", [
          arriving.reshape([indices.size, ...row]),
          indices.reshape([indices.size]),
          tf.scalar(rows!, "int32"),
        ]);
      },
    };
  });
  return operation(table);
}
