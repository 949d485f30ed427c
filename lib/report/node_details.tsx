/**
 * Nodes in a report: what each was run with, down to code, packages and machine, and what it made.
 *
 * @module
 */
import type { ComponentChildren, JSX } from "preact";
import type { Json } from "../dag/canonical.ts";
import type { NodeRecord } from "../dag/record.ts";
import type { ReportNode } from "./contents.ts";
import { formatBytes, formatNumber, formatSeconds } from "./number.ts";
import type { Step } from "./steps.ts";

/** How much of what a node measured is printed, in characters. */
const SHOWN = 4000;

/** A step and its nodes, folded. */
export function StepDetails({ step, labels }: {
  readonly step: Step<ReportNode>;
  /** The nodes' labels by address. */
  readonly labels: ReadonlyMap<string, string>;
}): JSX.Element {
  const seconds = step.nodes.reduce((sum, node) => sum + (node.record?.seconds ?? 0), 0);
  return (
    <details class="step">
      <summary>
        {step.task}
        {step.nodes.length > 1 ? ` × ${step.nodes.length}` : ""}
        {step.about === "" ? null : <span class="about">of {step.about}</span>}
        <span class="about">{formatSeconds(seconds)}</span>
      </summary>
      <div class="body" id={step.id}>
        {step.nodes.map((node) => <NodeDetails key={node.address} node={node} labels={labels} />)}
      </div>
    </details>
  );
}

function NodeDetails({ node, labels }: {
  readonly node: ReportNode;
  readonly labels: ReadonlyMap<string, string>;
}): JSX.Element {
  const { record } = node;
  return (
    <details class="node">
      <summary>
        <span class="state">
          <i class="swatch" style={`background:var(--g-${node.state})`} />
          {node.state === "hit" ? "reused" : node.state}
        </span>
        <code>{node.label}</code>
        <span class="about">{node.about}</span>
      </summary>
      <dl id={node.label}>
        {node.error === null ? null : <Fact name="error">{node.error}</Fact>}
        <Fact name="parameters">
          <Lines lines={leaves(node.params as Json).map(([path, value]) => `${path} = ${value}`)} />
        </Fact>
        <Fact name="inputs">
          {node.inputs.length === 0 ? "none" : (
            <ul>
              {node.inputs.map(({ input, address }) => {
                const label = labels.get(address) ?? address.slice(0, 12);
                return (
                  <li key={`${input} ${address}`}>
                    {input} = <a href={`#${label}`}>{label}</a>
                  </li>
                );
              })}
            </ul>
          )}
        </Fact>
        {record === undefined ? null : <RecordFacts record={record} />}
        {node.metrics === undefined ? null : (
          <Fact name="measured">
            <pre>{cut(laidOut(node.metrics))}</pre>
          </Fact>
        )}
      </dl>
    </details>
  );
}

function RecordFacts({ record }: { readonly record: NodeRecord }): JSX.Element {
  const { code, env, host, output } = record;
  return (
    <>
      <Fact name="made">
        {output.kind} <code>{output.digest.slice(0, 16)}</code>
        <Lines
          lines={Object.entries(output.parts).map(([name, { size }]) => `${name}, ${formatBytes(size)}`)}
        />
      </Fact>
      <Fact name="code">
        <a href={`#code-${code.bundle.slice(0, 12)}`}>{code.export}</a> of{" "}
        <code>{code.module}</code>, fingerprint <code>{code.fingerprint.slice(0, 12)}</code>
      </Fact>
      <Fact name="packages">
        <Lines lines={Object.entries(code.packages).map(([name, version]) => `${name} ${version}`)} />
      </Fact>
      <Fact name="environment">
        <Lines lines={Object.entries(env).map(([name, value]) => `${name} = ${value || "unset"}`)} />
      </Fact>
      <Fact name="ran">
        {record.started.slice(0, 19).replace("T", " ")} UTC, {formatSeconds(record.seconds)}
        {record.peakMemory === null ? "" : `, ${formatNumber(Math.round(record.peakMemory))} MiB at most`},
        {" "}
        {record.executor} on {host.name} ({host.os}, {host.cores} cores, Deno {host.deno})
      </Fact>
      <Fact name="because">{record.reasons.join("; ") || "never ran"}</Fact>
      <Fact name="key">
        <code>{record.key}</code>
      </Fact>
      {record.log.length === 0 ? null : (
        <Fact name="log">
          <pre>{record.log.slice(-10).join("\n")}</pre>
        </Fact>
      )}
    </>
  );
}

function Fact(
  { name, children }: { readonly name: string; readonly children: ComponentChildren },
): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }): JSX.Element {
  if (lines.length === 0) return <span>none</span>;
  return (
    <ul>
      {lines.map((line) => <li key={line}>{line}</li>)}
    </ul>
  );
}

function leaves(value: Json, path = ""): readonly (readonly [path: string, value: string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [[path, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, part]) => leaves(part, path === "" ? key : `${path}.${key}`));
}

/** JSON in lines, but lists of plain values on one. */
function laidOut(value: Json): string {
  return JSON.stringify(value, undefined, 1)
    .replaceAll(/\[[^[\]{}]*\]/g, (list) => list.replaceAll(/\s*\n\s*/g, " "));
}

function cut(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}\n…`;
}
