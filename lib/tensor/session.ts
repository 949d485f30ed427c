/**
 * TensorFlow sessions: a graph with variables of its own, loaded from bytes.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Schema from "effect/Schema";
import type { DType, Tensor } from "./array.ts";
import { dtypeName, idOf, nativeBackend } from "./binding.ts";

/** TensorFlow refuses a graph, or fails while running it. */
export class GraphError extends Schema.TaggedError<GraphError>()("GraphError", {
  message: Schema.String,
}) {}

/** A loaded graph. */
export interface Session {
  /**
   * Runs the graph.
   *
   * @param feeds Tensors by the names of their placeholders.
   * @param fetches The names of the nodes whose values come back.
   * @throws {GraphError} When an operation fails.
   */
  run(feeds: Readonly<Record<string, TensorFlow.Tensor>>, fetches: readonly string[]): Tensor[];
  /** Frees the graph and its variables. */
  close(): void;
}

/**
 * Loads a graph into a session.
 *
 * @param savedModel A `SavedModel` message with the tag `serve`.
 * @param folder An existing folder, in which the message lies for a moment: TensorFlow loads from files alone.
 * @throws {GraphError} When TensorFlow refuses the graph.
 */
export function openSession(savedModel: Uint8Array, folder: string): Session {
  const { binding } = nativeBackend();
  const id = explained("load", () => {
    const place = Deno.makeTempDirSync({ dir: folder, prefix: "graph-" });
    try {
      Deno.writeFileSync(`${place}/saved_model.pb`, savedModel);
      return binding.loadSavedModel(place, "serve");
    } finally {
      Deno.removeSync(place, { recursive: true });
    }
  });
  let open = true;
  return {
    run: (feeds, fetches) => {
      const ids = Object.values(feeds).map(idOf);
      const names = Object.keys(feeds).map((name) => `${name}:0`).join();
      const handles = explained("run", () => {
        if (!open) throw new Error("it has been disposed");
        return binding.runSavedModel(id, ids, names, fetches.map((name) => `${name}:0`).join());
      });
      return handles.map(({ id, shape, dtype }) => {
        const data = binding.tensorDataSync(id);
        binding.deleteTensor(id);
        return { dtype: dtypeName(dtype) as DType, shape, data };
      });
    },
    close: () => {
      if (open) binding.deleteSavedModel(id);
      open = false;
    },
  };
}

function explained<A>(doing: string, work: () => A): A {
  try {
    return work();
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
    throw new GraphError({ message: `TensorFlow cannot ${doing} a compiled graph: ${reason}` });
  }
}
