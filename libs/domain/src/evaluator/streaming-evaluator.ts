import { concatColumns, OrderRulesStream, reasonOf, type ProtectiveLevels, type ProtectiveReason } from '@assay/quant';
import type { StrategyDocument } from '@assay/contracts';
import { valueOf, type Bar } from '../ports';
import { assemble, type Assembly } from './assembly';
import { ruledSignal } from './ruled-signal';
import { RowWindow } from './row-window';
import type { TargetMachine } from './target-machine';
import type { Decision, EvaluatorParts, EvaluatorState, FeatureStream, StreamingEvaluator } from './types';

/** The evaluator as a stream: one closed bar at a time, its state saved and loaded between them. */
export function createStreamingEvaluator(document: StrategyDocument, parts: EvaluatorParts): StreamingEvaluator {
  return new Stream(assemble(document, parts));
}

type Ruled = Pick<Decision, 'signal' | 'weight' | 'decision' | 'reason' | 'exit' | 'entry'>;

class Stream implements StreamingEvaluator {
  readonly featureNames: readonly string[];
  private readonly streams: FeatureStream[];
  private readonly machine: TargetMachine;
  private readonly modelRows: RowWindow;
  /** Fills are those of trade, at the next open. */
  private readonly rules: OrderRulesStream | null;
  private row: Float64Array;
  private previous: Float64Array;

  constructor(private readonly assembly: Assembly) {
    this.featureNames = assembly.featureNames;
    this.streams = assembly.features.map((feature) => feature.stream());
    this.machine = assembly.machine();
    this.rules = assembly.orderRules && new OrderRulesStream(assembly.orderRules, false);
    this.modelRows = new RowWindow(assembly.model?.window ?? 1, assembly.modelInputs.length);
    this.row = new Float64Array(assembly.logic.inputs.length).fill(NaN);
    this.previous = this.row.slice();
  }

  update(bar: Bar): Decision {
    const features = Float64Array.from(this.streams, (stream) => canonical(stream.update(bar)));
    const prediction = this.predict(features);
    [this.row, this.previous] = [this.previous, this.row];
    this.assembly.logic.inputs.forEach((source, c) => {
      if (source.kind === 'feature') this.row[c] = features[source.index];
      else this.row[c] = source.kind === 'prediction' ? prediction : valueOf(bar, source.name);
    });
    const { machine } = this;
    machine.step(this.assembly.logic.say(this.row, this.previous), bar);
    const told = { openTimeMs: bar.openTimeMs, features, prediction };
    if (this.rules) return { ...told, ...this.ruled(this.rules, bar) };
    const { signal, weight, decision, reason } = machine;
    return { ...told, signal, weight, decision, reason, exit: null, entry: null };
  }

  levels(): ProtectiveLevels | null {
    return this.rules && this.rules.position.levels();
  }

  /** What stops, targets and entry orders leave of the target: where they keep it out, that is the decision. */
  private ruled(rules: OrderRulesStream, { open, high, low, close }: Bar): Ruled {
    const { machine } = this;
    rules.step(open, high, low, close, machine.weight);
    const { weight, exited, enteredAt } = rules.position;
    const exit = exited === 0 ? null : (reasonOf(exited) as ProtectiveReason);
    const entry = enteredAt === enteredAt ? enteredAt : null;
    const signal = ruledSignal(machine.signal, machine.weight, weight);
    if (Object.is(signal, machine.signal)) {
      return { signal, weight, decision: machine.decision, reason: machine.reason, exit, entry };
    }
    return { signal, weight, decision: 'target', reason: null, exit, entry };
  }

  save(): EvaluatorState {
    return { version: 1, bars: this.machine.bars, data: concatColumns(this.sections()) };
  }

  private sections(): Float64Array[] {
    const rules = this.rules ? [this.rules.save()] : [];
    return [
      this.machine.save(),
      this.row,
      this.modelRows.save(),
      ...this.streams.map((stream) => stream.save()),
      ...rules,
    ];
  }

  load(state: EvaluatorState): void {
    const lengths = this.sections().map((section) => section.length);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (state.version !== 1) throw new RangeError(`state version must be 1, was ${String(state.version)}`);
    if (state.data.length !== total) {
      throw new RangeError(`state must have ${total} values, had ${state.data.length}`);
    }
    const sections: Float64Array[] = [];
    let at = 0;
    for (const length of lengths) sections.push(state.data.slice(at, (at += length)));
    if (this.rules) this.rules.load(sections.pop()!);
    const [machine, row, modelRows, ...streams] = sections;
    if (machine[0] !== state.bars) throw new RangeError(`state bars must be ${machine[0]}, was ${state.bars}`);
    this.machine.load(machine);
    this.row.set(row);
    this.modelRows.load(modelRows);
    streams.forEach((saved, i) => this.streams[i].load(saved));
  }

  private predict(features: Float64Array): number {
    const { model, modelInputs } = this.assembly;
    if (!model) return NaN;
    const { modelRows } = this;
    modelRows.next();
    for (let k = 0; k < modelInputs.length; k++) modelRows.rows[modelRows.newest + k] = features[modelInputs[k]];
    return canonical(model.predict(modelRows.rows));
  }
}

/** Missing values take one bit pattern, whatever operation made them. */
function canonical(value: number): number {
  return value !== value ? NaN : value;
}
