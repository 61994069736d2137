import type { PipelineDocument, StrategyDocument, SubstrategiesDocument, Warning } from '@assay/contracts';
import { signalAgainst } from '@assay/quant';
import { columnOf, type BarColumns } from '../ports';
import { resolveSubstrategy } from '../strategy';
import { rulesLogic } from './logic';
import { compareLeaf } from './rule-program';
import { TRUE } from './three-valued';
import type { BatchEvaluation, EvaluatorParts } from './types';

/** A `never_fires` warning for each threshold of the document that no bar of the data reaches. */
export function neverFires(
  document: StrategyDocument,
  parts: EvaluatorParts,
  evaluation: BatchEvaluation,
  bars: BarColumns,
): Warning[] {
  return document.kind === 'pipeline'
    ? silentLeaves(document, parts, evaluation, bars)
    : silentSubstrategies(document, evaluation);
}

function silentSubstrategies(document: SubstrategiesDocument, evaluation: BatchEvaluation): Warning[] {
  return document.substrategies.flatMap((sub, i): Warning[] => {
    const { resolved } = resolveSubstrategy(sub, `substrategies[${i}]`);
    const values = evaluation.features[evaluation.featureNames.indexOf(resolved.featureName)];
    const signal = signalAgainst(resolved.signalFunction, resolved.threshold, resolved.scale);
    const fires = (value: number) => Math.abs(signal(value)) === 1;
    if (values.some(fires)) return [];
    return [warn(`substrategies[${i}].signal`, `signal ${sub.signal} of ${resolved.featureName}`, values.length)];
  });
}

function silentLeaves(
  document: PipelineDocument,
  { features }: EvaluatorParts,
  evaluation: BatchEvaluation,
  bars: BarColumns,
): Warning[] {
  const { program, inputs } = rulesLogic(document, features);
  const n = bars.close.length;
  const columns = inputs.map((source) => {
    if (source.kind === 'feature') return evaluation.features[source.index];
    if (source.kind === 'prediction') return evaluation.predictions;
    return columnOf(bars, source.name) ?? new Float64Array(n).fill(NaN);
  });
  const fired = new Uint8Array(program.leaves.length);
  let row = new Float64Array(columns.length).fill(NaN);
  let previous = row.slice();
  for (let i = 0; i < n; i++) {
    [row, previous] = [previous, row];
    for (let c = 0; c < columns.length; c++) row[c] = columns[c][i];
    program.leaves.forEach((leaf, k) => {
      if (fired[k] === 0 && compareLeaf(leaf, row, previous) === TRUE) fired[k] = 1;
    });
  }
  return program.leaves
    .filter((_, k) => fired[k] === 0)
    .map(({ leaf, path }) => {
      const operand = typeof leaf.value === 'number' ? String(leaf.value) : leaf.value.field;
      return warn(`signal.rule_tree.${path}`, `${leaf.field} ${leaf.operator} ${operand}`, n);
    });
}

function warn(field: string, what: string, bars: number): Warning {
  return { code: 'never_fires', field, message: `${what} fires on none of the ${bars} bars` };
}
