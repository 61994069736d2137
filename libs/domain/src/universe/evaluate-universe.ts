import type { RankedRule, UniverseDocument } from '@assay/contracts';
import { below } from '@assay/primitives';
import { computeIndicator, type ExitReason } from '@assay/quant';
import type { PortfolioMachine } from './exits';
import { PairsMachine } from './pairs-machine';
import type { UniversePanel } from './panel';
import type { BarColumns } from '../ports';
import { RankedMachine, type DecisionColumns } from './ranked-machine';
import { checkParts, volatilityOf, type UniverseParts } from './universe-parts';

/** What a document decided over a panel. Cells are symbol x bars + bar, as the panel has them. */
export interface UniverseEvaluation {
  /** Fraction of equity decided at each close; 0 where a symbol has no bar. */
  weights: Float64Array;
  /** 1 where the whole portfolio was decided. */
  decided: Uint8Array;
  /** Cell -> why its weight became 0 there, where no signal said so. */
  exits: Map<number, ExitReason>;
  /** Scores at each decision, a value a symbol; empty for pairs. */
  decisions: readonly { bar: number; scores: Float64Array }[];
}

/** Evaluates all bars at once; every weight has the bits the streaming evaluator gives bar by bar. */
export function evaluateUniverse(
  document: UniverseDocument,
  parts: UniverseParts,
  panel: UniversePanel,
): UniverseEvaluation {
  checkParts(
    document.features.map(({ name }) => name),
    parts,
  );
  return document.portfolio.kind === 'ranked'
    ? rankedEvaluation(document, document.portfolio, parts, panel)
    : pairsEvaluation(document, panel);
}

function rankedEvaluation(
  document: UniverseDocument,
  rule: RankedRule,
  parts: UniverseParts,
  panel: UniversePanel,
): UniverseEvaluation {
  const machine = new RankedMachine(document, rule);
  const { days, nextDays } = panel;
  const due: number[] = [];
  for (let t = 0; t < days.length; t++) if (machine.isDue(days[t], nextDays[t])) due.push(t);
  const columns = decisionColumns(rule, parts, panel, due);
  const decisions: { bar: number; scores: Float64Array }[] = [];
  const count = panel.symbols.length;
  let at = 0;
  return run(machine, panel, decisions, (t, row) => {
    if (due[at] !== t) return machine.step(row, null);
    const of = (all: Float64Array): Float64Array => all.subarray(at * count, (at + 1) * count);
    machine.step(row, { features: columns.features.map(of), volatilities: of(columns.volatilities) });
    at += 1;
    if (machine.decided) decisions.push({ bar: t, scores: machine.scores.slice() });
  });
}

function pairsEvaluation(document: UniverseDocument, panel: UniversePanel): UniverseEvaluation {
  const { portfolio } = document;
  if (portfolio.kind !== 'pairs') throw new RangeError('the portfolio must be one of pairs');
  const machine = new PairsMachine(document, portfolio);
  return run(machine, panel, [], (_, row) => machine.step(row));
}

function run(
  machine: PortfolioMachine,
  panel: UniversePanel,
  decisions: UniverseEvaluation['decisions'],
  step: (t: number, row: { day: number; next: number; close: Float64Array }) => void,
): UniverseEvaluation {
  const { close, days, nextDays, symbols } = panel;
  const n = days.length;
  const count = symbols.length;
  const weights = new Float64Array(close.length);
  const decided = new Uint8Array(n);
  const exits = new Map<number, ExitReason>();
  const row = { day: 0, next: 0, close: new Float64Array(count) };
  for (let t = 0; t < n; t++) {
    row.day = days[t];
    row.next = nextDays[t];
    for (let i = 0, cell = t; i < count; i++, cell += n) row.close[i] = close[cell];
    step(t, row);
    decided[t] = machine.decided ? 1 : 0;
    for (let i = 0; i < count; i++) if (machine.weights[i] !== 0) weights[i * n + t] = machine.weights[i];
    for (const [i, reason] of machine.exits) if (machine.weights[i] === 0) exits.set(i * n + t, reason);
  }
  return { weights, decided, exits, decisions };
}

/**
 * The values of each column at the bars of decisions, one decision after the other, a value a symbol. These are kept where
 * evaluations share them, and not the columns themselves, which take as much memory as the panel.
 */
function decisionColumns(
  rule: RankedRule,
  { features, shared }: UniverseParts,
  panel: UniversePanel,
  due: readonly number[],
): DecisionColumns {
  const count = panel.symbols.length;
  const table = (key: string | undefined, valuesOf: (series: BarColumns) => Float64Array): Float64Array => {
    const make = (): Float64Array => {
      const found = new Float64Array(due.length * count).fill(NaN);
      panel.series.forEach((series, i) => {
        if (series !== null) gather(valuesOf(series), panel.bars[i], due, found, i, count);
      });
      return found;
    };
    // the bars of decisions follow from the calendar alone
    return shared && key !== undefined ? shared.memo.of(`at ${JSON.stringify(rule.rebalance)} ${key}`, make) : make();
  };
  const volatility = volatilityOf(rule);
  return {
    features: features.map((feature, f) =>
      below(`features[${f}]`, () => table(shared?.featureKeys[f], (series) => feature.batch(series))),
    ),
    volatilities: volatility
      ? table(
          `volatility ${volatility.params.window}`,
          ({ close }) => computeIndicator(volatility.indicator, [close], volatility.params)[0],
        )
      : new Float64Array(due.length * count).fill(NaN),
  };
}

/** Puts the values of a symbol at the bars of decisions into the table of all symbols. */
function gather(
  values: Float64Array,
  bars: Int32Array,
  due: readonly number[],
  into: Float64Array,
  symbol: number,
  count: number,
): void {
  for (let k = 0, own = 0; k < due.length; k++) {
    while (own < bars.length && bars[own] < due[k]) own++;
    if (own < bars.length && bars[own] === due[k]) into[k * count + symbol] = values[own];
  }
}
