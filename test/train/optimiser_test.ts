import { assertAlmostEquals, assertEquals } from "@std/assert";
import "../nn/tensorflow.ts";
import { type Tensor, tensor } from "../../lib/tensor/array.ts";
import { tf } from "../../lib/tensor/native.ts";
import { type Arrays, freeing, mapValues, toArrays, toTensors } from "../../lib/tensor/tensors.ts";
import { clipByGlobalNorm } from "../../lib/train/clip.ts";
import { adamW, lion, type Optimiser } from "../../lib/train/optimiser.ts";
import { warmupCosine } from "../../lib/train/schedule.ts";

/*
 * The reference, PyTorch 2.13 in float64:
 *
 *   def grads(t): return (tensor([[.3,-.2],[.05,.9]])*(1-.4*t), tensor([-.7,.02])+.1*t)
 *   w = tensor([[.5,-1.],[2.,.25]]); b = tensor([.1,-.3])
 *   opt = AdamW([{"params":[w],"weight_decay":.1},{"params":[b],"weight_decay":0}], betas=(.9,.95), eps=1e-6)
 *   for t in range(4): lr = .01*(t+1); w.grad, b.grad = grads(t); opt.step()
 *
 * and for Lion, which PyTorch lacks, the paper's algorithm 2 line by line in the same setting with its default β.
 */
const start: Arrays = {
  weight: tensor("float32", [2, 2], [0.5, -1, 2, 0.25]),
  bias: tensor("float32", [2], [0.1, -0.3]),
};

function gradients(step: number): Arrays {
  return {
    weight: tensor("float32", [2, 2], [0.3, -0.2, 0.05, 0.9].map((g) => g * (1 - 0.4 * step))),
    bias: tensor("float32", [2], [-0.7, 0.02].map((g) => g + 0.1 * step)),
  };
}

/** Four updates from the start, with a learning rate that grows. */
function fourUpdates(optimiser: Optimiser): { parameters: Arrays; state: Arrays } {
  return freeing(() => {
    let parameters = toTensors(start);
    let state = optimiser.init(parameters);
    for (let step = 0; step < 4; step++) {
      ({ parameters, state } = optimiser.update({
        parameters,
        gradients: toTensors(gradients(step)),
        state,
        learningRate: tf.scalar(0.01 * (step + 1)),
        step: tf.scalar(step, "int32"),
      }));
    }
    return { parameters: toArrays(parameters), state: toArrays(state) };
  });
}

function assertClose({ data }: Tensor, expected: readonly number[], tolerance = 1e-6): void {
  assertEquals(data.length, expected.length);
  expected.forEach((value, i) => assertAlmostEquals(Number(data[i]), value, tolerance));
}

Deno.test("adamW() computes what PyTorch computes; matrices decay, vectors do not", () => {
  const { parameters } = fourUpdates(adamW({ beta2: 0.95, epsilon: 1e-6, weightDecay: 0.1 }));
  assertClose(parameters.weight!, [
    0.41666294521571645,
    -0.9116806070872446,
    1.9017172388057144,
    0.1691539585622517,
  ]);
  assertClose(parameters.bias!, [0.19814066425946136, -0.3875226370808849]);
});

Deno.test("lion() computes the paper's algorithm 2", () => {
  const { parameters, state } = fourUpdates(lion({ weightDecay: 0.1 }));
  assertClose(parameters.weight!, [0.475366975252, -0.970384450264, 1.960419400288, 0.22785823774599998]);
  assertClose(parameters.bias!, [0.2, -0.4]);
  // The weight decays and lies before the bias.
  const ofWeight = tensor("float32", [4], state.momentum!.data.slice(0, 4) as Float32Array);
  assertClose(ofWeight, [0.004669077, -0.003112718, 0.0007781795, 0.014007231]);
});

Deno.test("lion() first moves by the sign of the gradient, and keeps a hundredth of it", () => {
  const [parameters, state] = freeing(() => {
    const parameters = toTensors({ p: tensor("float32", [1, 2], [1, -2]) });
    const optimiser = lion({ weightDecay: 0.5 });
    const updated = optimiser.update({
      parameters,
      gradients: toTensors({ p: tensor("float32", [1, 2], [3, -0.1]) }),
      state: optimiser.init(parameters),
      learningRate: tf.scalar(0.1),
      step: tf.scalar(0, "int32"),
    });
    return [toArrays(updated.parameters), toArrays(updated.state)];
  });
  assertClose(parameters.p!, [1 - 0.1 - 0.1 * 0.5, -2 + 0.1 + 0.1 * 0.5 * 2]);
  assertClose(state.momentum!, [0.03, -0.001]);
});

Deno.test("the order of the parameters changes nothing", () => {
  const optimiser = adamW({ weightDecay: 0.1 });
  const reversed = (arrays: Arrays) => Object.fromEntries(Object.entries(arrays).reverse());
  const update = (order: (arrays: Arrays) => Arrays) =>
    freeing(() => {
      const parameters = toTensors(order(start));
      const updated = optimiser.update({
        parameters,
        gradients: toTensors(order(gradients(0))),
        state: optimiser.init(parameters),
        learningRate: tf.scalar(0.1),
        step: tf.scalar(0, "int32"),
      });
      return [toArrays(updated.parameters), toArrays(updated.state)];
    });
  assertEquals(update(reversed), update((arrays) => arrays));
});

Deno.test("clipByGlobalNorm() scales as PyTorch's clip_grad_norm_ does", () => {
  const [clipped, norm] = freeing(() => {
    const { gradients: clipped, norm } = clipByGlobalNorm(toTensors(gradients(0)), 0.5);
    return [toArrays(clipped), toArrays({ norm })];
  });
  assertClose(norm.norm!, [1.1970380110923797]);
  assertClose(clipped.weight!, [
    0.12530919929093604,
    -0.08353946619395736,
    0.02088486654848934,
    0.3759275978728081,
  ]);
  assertClose(clipped.bias!, [-0.29238813167885075, 0.008353946619395735]);
});

Deno.test("clipByGlobalNorm() lets small gradients pass unchanged", () => {
  const [before, after] = freeing(() => {
    const before = toTensors(gradients(0));
    return [toArrays(before), toArrays(clipByGlobalNorm(before, 2).gradients)];
  });
  assertEquals(after, mapValues(before, (array) => array));
});

Deno.test("warmupCosine() computes what PyTorch's LinearLR and CosineAnnealingLR compute in sequence", () => {
  // SequentialLR([LinearLR(1/5, 1, 4), CosineAnnealingLR(15, 1e-4)], [4]) from 2e-3, over 20 steps.
  const expected = [
    0.0004,
    0.0008,
    0.0012,
    0.0016,
    0.002,
    0.0019792402206971153,
    0.0019178681847604707,
    0.0018185661446562,
    0.0016856740760409152,
    0.001525,
    0.0013435661446562,
    0.0011493020401042709,
    0.0009506979598957294,
    0.0007564338553438002,
    0.000575,
    0.000414325923959085,
    0.00028143385534380006,
    0.0001821318152395291,
    0.00012075977930288461,
    0.0001,
  ];
  const rate = warmupCosine({ peak: 2e-3, end: 1e-4, steps: 20, warmup: 4 });
  expected.forEach((value, step) => assertAlmostEquals(rate(step), value, 1e-12));
});
