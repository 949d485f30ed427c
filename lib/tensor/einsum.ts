/**
 * Einstein summation.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Schema from "effect/Schema";
import { tf } from "./native.ts";

/** An equation does not fit its operands. */
export class EinsumError extends Schema.TaggedError<EinsumError>()("EinsumError", {
  message: Schema.String,
}) {}

/**
 * Sums products over the indices that the result does not have: `einsum("bhnp,hpd->bnd", w, output)`. TensorFlow.js has the
 * operation without a gradient; this one has it.
 *
 * @param equation One or two operands' indices, an arrow, and the result's. No operand repeats an index.
 * @param operands As many as the equation has.
 * @throws {EinsumError} When the equation does not fit the operands.
 */
export function einsum(equation: string, ...operands: TensorFlow.Tensor[]): TensorFlow.Tensor {
  const { inputs, output } = parse(equation, operands);
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as TensorFlow.GradSaveFunc;
    const operands = args as TensorFlow.Tensor[];
    save(operands);
    return {
      value: tf.einsum(equation, ...operands),
      gradFunc: (arriving, saved) =>
        (saved as TensorFlow.Tensor[]).map((operand, i) => {
          const others = (saved as TensorFlow.Tensor[]).filter((_, j) => j !== i);
          const otherIndices = inputs.filter((_, j) => j !== i);
          return operandGradient(inputs[i]!, operand.shape, [output, ...otherIndices], [arriving, ...others]);
        }),
    };
  });
  return operation(...operands);
}

/** The sum with one operand and the result changing places; an index that only the operand has is spread out again. */
function operandGradient(
  indices: string,
  shape: number[],
  otherIndices: readonly string[],
  others: readonly TensorFlow.Tensor[],
): TensorFlow.Tensor {
  const shared = [...indices].filter((index) => otherIndices.some((other) => other.includes(index)));
  const sum = tf.einsum(`${otherIndices.join()}->${shared.join("")}`, ...others);
  const spread = [...indices].map((index, axis) => shared.includes(index) ? shape[axis]! : 1);
  return tf.broadcastTo(sum.reshape(spread), shape);
}

function parse(
  equation: string,
  operands: readonly TensorFlow.Tensor[],
): { inputs: readonly string[]; output: string } {
  const match = /^([a-z]*)(?:,([a-z]*))?->([a-z]*)$/i.exec(equation);
  const refuse = (reason: string) => {
    throw new EinsumError({ message: `The equation "${equation}" ${reason}.` });
  };
  if (match === null) return refuse('is not of the form "ij,jk->ik", with one or two operands');
  const inputs = [match[1]!, ...match[2] === undefined ? [] : [match[2]]];
  if (inputs.length !== operands.length) {
    return refuse(`has ${inputs.length} operands but was given ${operands.length}`);
  }
  const size = new Map<string, number>();
  inputs.forEach((indices, i) => {
    const { shape } = operands[i]!;
    if (indices.length !== shape.length) refuse(`gives ${indices} to an operand of shape [${shape}]`);
    if (new Set(indices).size !== indices.length) refuse(`repeats an index in ${indices}`);
    [...indices].forEach((index, axis) => {
      const known = size.get(index) ?? shape[axis]!;
      if (known !== shape[axis]) refuse(`makes ${index} both ${known} and ${shape[axis]} long`);
      size.set(index, known);
    });
  });
  const unknown = [...match[3]!].find((index) => !size.has(index));
  if (unknown !== undefined) refuse(`has ${unknown} in its result but in no operand`);
  return { inputs, output: match[3]! };
}
