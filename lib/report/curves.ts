/**
 * Curves of several seeds, made one for a figure.
 *
 * @module
 */
import { mean } from "../stats/mean.ts";

/** A point of a curve of losses. */
export interface LossPoint {
  /** The step, counted from 1. */
  readonly step: number;
  /** The mean loss over the window that ends there. */
  readonly loss: number;
}

/**
 * The mean over curves and over windows of steps, at each window's end.
 *
 * @param curves The losses of each step, by curve.
 * @param windows How many windows the steps are parted into, where there are as many steps.
 */
export function smoothed(curves: readonly (readonly number[])[], windows = 50): readonly LossPoint[] {
  const steps = curves[0]!.length;
  const window = Math.max(1, Math.round(steps / windows));
  return Array.from({ length: Math.floor(steps / window) }, (_, index) => ({
    step: (index + 1) * window,
    loss: mean(curves.flatMap((curve) => curve.slice(index * window, (index + 1) * window))),
  }));
}

/** The mean of curves, place by place. */
export function meanCurve(curves: readonly (readonly number[])[]): readonly number[] {
  return curves[0]!.map((_, place) => mean(curves.map((curve) => curve[place]!)));
}
