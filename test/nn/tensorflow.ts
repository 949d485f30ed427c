// Importing this loads TensorFlow.
import * as Effect from "effect/Effect";
import { installTensorFlow } from "../../lib/tensor/native/install.ts";
import { loadTensorFlow } from "../../lib/tensor/native.ts";

Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
await loadTensorFlow(await Effect.runPromise(installTensorFlow(() => {})));
