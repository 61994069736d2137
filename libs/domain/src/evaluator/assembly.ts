import type { Sizing, StrategyDocument } from '@assay/contracts';
import { orderRulesLookback, type OrderRules } from '@assay/quant';
import { resolveSubstrategies } from '../strategy';
import { rulesLogic, substrategiesLogic, type Logic } from './logic';
import { orderRulesOf } from './order-rules';
import { periodsPerYear } from './periods-per-year';
import { substrategyFeature } from './substrategy-feature';
import { sizingLookback } from './position-size';
import { TargetMachine } from './target-machine';
import type { EvaluatorParts, FeatureRuntime, ModelRuntime } from './types';

/** A document with its runtimes, ready to be run over bars in either form. */
export interface Assembly {
  features: readonly FeatureRuntime[];
  featureNames: readonly string[];
  model: ModelRuntime | null;
  /** Position of each model input among the features. */
  modelInputs: Int32Array;
  logic: Logic;
  /** Bars before which no target stands. */
  lookback: number;
  /** Names everything the machine depends on but what it is told and the bars. */
  machineKey: string;
  machine(): TargetMachine;
  /** What the targets go through before they trade; null: nothing. */
  orderRules: OrderRules | null;
}

/** Throws RangeError when the parts are not those of the document: an invariant of the caller, not of a user. */
export function assemble(document: StrategyDocument, parts: EvaluatorParts): Assembly {
  const { features, logic } = document.kind === 'pipeline' ? pipeline(document, parts) : substrategies(document);
  const featureNames = features.map((feature) => feature.name);
  const model = document.kind === 'pipeline' ? parts.model : null;
  const sizing: Sizing = document.sizing ?? { kind: 'fixed' };
  const warm = Math.max(...features.map((feature) => feature.lookback), 0);
  const orderRules = orderRulesOf(document);
  const lookback = Math.max(sizingLookback(sizing, warm), orderRules ? orderRulesLookback(orderRules) : 0);
  const perYear = parts.periodsPerYear ?? periodsPerYear(document);
  return {
    features,
    featureNames,
    model,
    modelInputs: Int32Array.from(model?.inputs ?? [], (name) => positionOf(name, featureNames)),
    logic,
    lookback,
    machineKey: JSON.stringify([sizing, lookback, perYear, warm]),
    machine: () => new TargetMachine(sizing, lookback, perYear, warm),
    orderRules,
  };
}

/** Bars before which a document can give no target: its longest feature, its sizing, or the distance of a stop. */
export function lookbackOf(document: StrategyDocument, parts: EvaluatorParts): number {
  return assemble(document, parts).lookback;
}

function substrategies(document: Extract<StrategyDocument, { substrategies: unknown }>) {
  const { resolved } = resolveSubstrategies(document.substrategies);
  return { features: resolved.map(substrategyFeature), logic: substrategiesLogic(document, resolved) };
}

function pipeline(document: Extract<StrategyDocument, { kind: 'pipeline' }>, parts: EvaluatorParts) {
  const wanted = document.features.map((feature) => feature.name);
  const given = parts.features.map((feature) => feature.name);
  if (wanted.join() !== given.join()) throw new RangeError(`features must be ${wanted.join()}, were ${given.join()}`);
  return { features: parts.features, logic: rulesLogic(document, parts.features) };
}

function positionOf(name: string, featureNames: readonly string[]): number {
  const index = featureNames.indexOf(name);
  if (index < 0) throw new RangeError(`model input must be one of ${featureNames.join()}, was ${name}`);
  return index;
}
