/**
 * The code in a report: all that each task reaches, as it ran.
 *
 * @module
 */
import type { JSX } from "preact";
import type { ReportContents } from "./contents.ts";

/** The code of each task, folded; nothing where none is kept. */
export function CodeSection({ contents }: { readonly contents: ReportContents }): JSX.Element | null {
  if (contents.code.size === 0) return null;
  const codes = new Map(
    contents.nodes.flatMap(({ record }) => record === undefined ? [] : [[record.code.bundle, record.code]]),
  );
  return (
    <section id="code">
      <h2>Code</h2>
      <p class="lead">
        All the code that each task reaches, as it ran: without types and comments, packages by version.
      </p>
      {[...contents.code].map(([bundle, text]) => (
        <details class="node" key={bundle}>
          <summary>
            {codes.get(bundle)!.export} <span class="about">{codes.get(bundle)!.module}</span>
          </summary>
          <pre id={`code-${bundle.slice(0, 12)}`}>{text}</pre>
        </details>
      ))}
    </section>
  );
}
