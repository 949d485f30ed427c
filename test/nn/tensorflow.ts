import * as Effect from "effect/Effect";
import { installTensorFlow } from "../../lib/tensor/native/install.ts";
import { loadTensorFlow } from "../../lib/tensor/native.ts";

await loadTensorFlow(await Effect.runPromise(installTensorFlow(() => {})));
