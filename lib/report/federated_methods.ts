/**
 * How federated methods are drawn: a colour for each, the same in every figure.
 *
 * @module
 */

/** Colours that colour-blind readers tell apart, on white paper and on dark screens; the averaging methods are quiet. */
export const methodColours: Readonly<Record<string, string>> = {
  "Scaff-PD": "#1f86d1",
  "DRFA": "#d9650f",
  "AFL": "#139a74",
  "q-FFL": "#b0589b",
  "SCAFFOLD": "#8c7a3d",
  "FedAvg": "#7f858c",
};

/** The colour of a method, also of its variants: `Scaff-PD, ρ = 0.1` has that of Scaff-PD. */
export function colourOfMethod(name: string): string {
  return methodColours[name.split(",")[0]!] ?? "currentColor";
}

/** The point-wise mean of curves of one length. */
export function meanOfCurves(curves: readonly (readonly number[])[]): readonly number[] {
  return curves[0]!.map((_, at) => curves.reduce((sum, curve) => sum + curve[at]! / curves.length, 0));
}
