import { assertMatch } from "@std/assert";
import { coherence, cosines } from "../../lib/evaluate/coherence.ts";
import { takePen } from "../../lib/report/figure.ts";
import { accuracyBySizeFigure } from "../../lib/report/figure_accuracy_by_size.ts";
import { coherenceFigure } from "../../lib/report/figure_coherence.ts";
import { comparedAccuraciesFigure } from "../../lib/report/figure_compared_accuracies.ts";
import { layerPanelsFigure } from "../../lib/report/figure_layer_panels.ts";
import { lossCurvesFigure } from "../../lib/report/figure_loss_curves.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { assertGolden } from "../golden/golden.ts";

const pen = await takePen();
const [blue, orange] = ["#1f86d1", "#d9650f"];

Deno.test("layerPanelsFigure() says where each curve goes, after training and before", async () => {
  const { title, caption, svg } = layerPanelsFigure(
    pen,
    "Do deeper layers compress more?",
    "Of test images.",
    [
      {
        ...{ name: "Rate", axis: "share" },
        trained: [[0.8, 0.75, 0.7], [0.82, 0.77, 0.72]],
        untrained: [[0.9, 0.9, 0.9], [0.9, 0.91, 0.92]],
      },
      { ...{ name: "Non-zeros", axis: "share" }, trained: [[0.5, 0.4, 0.45]], untrained: [[0.5, 0.3, 0.31]] },
    ],
  );
  assertMatch(title, /\?$/);
  assertMatch(
    caption,
    /Rate: from the first layer to the last 0\.810 to 0\.710 after training, 0\.900 to 0\.910 before/,
  );
  assertMatch(caption, /Of test images\./);
  await assertGolden("layer_panels.svg", svg);
});

Deno.test("lossCurvesFigure() draws any number of networks, and says where they end", async () => {
  const curve = (end: number) => Array.from({ length: 100 }, (_, step) => end + 2 * 0.95 ** step);
  const { caption, svg } = lossCurvesFigure(pen, "Do the networks learn?", [
    {
      heading: "Images",
      curves: [
        { name: "CRATE", colour: blue!, losses: [curve(0.3), curve(0.4)] },
        { name: "narrow ViT", colour: "#b0912f", losses: [curve(0.5)] },
        { name: "ViT", colour: orange!, losses: [curve(0.2)] },
      ],
    },
    {
      heading: "Text",
      curves: [{ name: "CRATE", colour: blue!, losses: [curve(1.5)] }],
      reference: { name: "bigram entropy", loss: 2.3 },
    },
  ]);
  assertMatch(
    caption,
    /Images: CRATE at 0\.3\d*, narrow ViT at 0\.5\d*, ViT at 0\.2\d* nats at the end\. Text: CRATE/,
  );
  await assertGolden("loss_curves.svg", svg);
});

Deno.test("comparedAccuraciesFigure() draws rows in groups", async () => {
  const row = (group: string, name: string, colour: string, ...accuracies: number[]) => ({
    ...{ group, name, colour },
    accuracies,
  });
  const { caption, svg } = comparedAccuraciesFigure(pen, "Does it bear noise?", "Measured on MNIST.", [
    row("clean", "CRATE", blue!, 0.94, 0.95, 0.96),
    row("clean", "ViT", orange!, 0.95, 0.96, 0.97),
    row("noise", "CRATE", blue!, 0.8, 0.82, 0.84),
    row("noise", "ViT", orange!, 0.7),
  ]);
  assertMatch(
    caption,
    /^clean: CRATE 95\.0 %, ViT 96\.0 %\. noise: CRATE 82\.0 %, ViT 70\.0 %\. Measured on MNIST\./,
  );
  await assertGolden("compared_accuracies.svg", svg);
});

Deno.test("comparedAccuraciesFigure() of one network names it nowhere", () => {
  const { caption, svg } = comparedAccuraciesFigure(pen, "What matters?", "", [
    { group: "η = 0.1", name: "", colour: blue!, accuracies: [0.9, 0.91] },
    { group: "η = 0.5", name: "", colour: blue!, accuracies: [0.8, 0.81] },
  ]);
  assertMatch(caption, /^η = 0\.1: 90\.5 %\. η = 0\.5: 80\.5 %\./);
  assertMatch(svg, />90\.5 ± /);
});

Deno.test("accuracyBySizeFigure() places networks by their parameters", async () => {
  const { caption, svg } = accuracyBySizeFigure(pen, "MNIST", [
    { name: "CRATE", colour: blue!, parameters: 34_000, accuracies: [0.93, 0.94] },
    { name: "ViT", colour: orange!, parameters: 116_000, accuracies: [0.95, 0.96] },
  ]);
  assertMatch(caption, /CRATE 93\.5 % with 34,000 parameters, ViT 95\.5 % with 116,000 parameters/);
  await assertGolden("accuracy_by_size.svg", svg);
});

Deno.test("coherenceFigure() draws |cos| with its mean between heads", async () => {
  const projection = tensor("float32", [4, 4], Array.from({ length: 16 }, (_, i) => Math.sin(1 + i * i)));
  const { caption, svg } = coherenceFigure(2, [{
    name: "layer 1, trained",
    cosines: cosines(projection),
    between: coherence(projection, 2).between,
  }]);
  assertMatch(caption, /between different heads is 0\.\d{3} in layer 1, trained\./);
  await assertGolden("coherence.svg", svg);
});
