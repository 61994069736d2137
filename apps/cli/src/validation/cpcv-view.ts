import { metricsOverPaths, type CpcvOutcome } from '@assay/pipeline';
import { METRIC_KEYS, METRICS } from '@assay/quant';
import { barTime } from '../input/bars-file';
import { accountingDocument, accountingText } from '../output/accounting';
import type { Io } from '../output/io';
import { scoredFromDocument, scoredFromText } from '../output/scored-from';
import { table } from '../output/table';
import type { Judgement } from './judged';
import { selectedText } from './selected-text';

type Ranges = readonly (readonly [number, number])[];

/** As the service answers, with bars by their numbers and, of a dated file, by their times. */
export function cpcvDocument({ outcome, accounting, file }: Judgement<CpcvOutcome>): Record<string, unknown> {
  const { layout, splits, paths } = outcome;
  const ends = (ranges: Ranges): string[][] => ranges.map(([from, to]) => [at(from), at(to - 1)]);
  const at = (bar: number): string => barTime(file.bars, bar);
  return {
    splits: splits.map(
      ({ testGroups, test, train, oosSharpe, oosReturn, oosMaxDrawdown, selectedInputs, reasons }) => ({
        ...{ test_groups: testGroups, test, train },
        ...(file.present.has('date') ? { test_dates: ends(test), train_dates: ends(train) } : {}),
        ...{ oos_sharpe: oosSharpe, oos_return: oosReturn, oos_max_drawdown: oosMaxDrawdown },
        ...(selectedInputs && { selected_inputs: selectedInputs }),
        reasons,
      }),
    ),
    paths: paths.map(({ groups, sharpe, totalReturn, maxDrawdown, reasons, metrics, metricReasons }) => ({
      ...{ groups, sharpe, total_return: totalReturn, max_drawdown: maxDrawdown, reasons },
      ...{ metrics, metric_reasons: metricReasons },
    })),
    distributions: metricsOverPaths(paths),
    summary: {
      mean_oos_sharpe: outcome.meanOosSharpe,
      defined_oos: outcome.definedOos,
      median_path: outcome.medianPath,
      min_group_bars: outcome.minGroupBars,
      reasons: outcome.reasons,
      scored: outcome.scored,
      ...{ groups: layout.groups, test_groups: layout.testGroups, embargo: layout.embargo, horizon: layout.horizon },
    },
    accounting: accountingDocument(accounting),
    scored_from: scoredFromDocument(outcome.scoredFrom, file),
  };
}

export function showCpcv({ outcome, accounting, file }: Judgement<CpcvOutcome>, io: Io): void {
  const at = (bar: number): string | number => (file.present.has('date') ? barTime(file.bars, bar) : bar);
  const rows = outcome.splits.map(({ testGroups, test, oosSharpe, oosReturn, oosMaxDrawdown }, i) => [
    ...[i, testGroups.join(','), test.map(([from, to]) => `${at(from)} to ${at(to - 1)}`).join(', ')],
    ...[oosSharpe, oosReturn, oosMaxDrawdown],
  ]);
  rows.push(['mean', '', '', outcome.meanOosSharpe, null, null]);
  io.out(table(['split', 'test groups', 'test', 'OOS Sharpe', 'OOS return', 'OOS max drawdown'], rows));
  const courses = outcome.paths.map(({ sharpe, totalReturn, maxDrawdown }, i) => [i, sharpe, totalReturn, maxDrawdown]);
  io.out(`\n${table(['path', 'Sharpe', 'return', 'max drawdown'], courses)}`);
  io.out(distributionText(outcome));
  io.out(selectedText(outcome.splits));
  const told = [
    ...outcome.splits.map(({ reasons }, i) => [`split ${i}`, reasons] as const),
    ...outcome.paths.map(({ reasons }, i) => [`path ${i}`, reasons] as const),
    ['all splits', outcome.reasons] as const,
  ];
  for (const [where, reasons] of told)
    for (const [name, why] of Object.entries(reasons)) io.out(`${name} of ${where}: ${why}\n`);
  const { groups, testGroups, embargo, horizon } = outcome.layout;
  io.out(
    `${groups} groups, ${testGroups} of them tested in each split, labels of ${horizon} bars, embargo ${embargo}\n`,
  );
  io.out(accountingText(accounting));
  io.out(scoredFromText(outcome.scoredFrom, file));
}

/** Every metric over the paths, a row each; those that no path has are named below with why. */
function distributionText({ paths }: CpcvOutcome): string {
  const found = metricsOverPaths(paths)!;
  const [some, none] = [true, false].map((has) => METRIC_KEYS.filter((key) => found[key]!.defined > 0 === has));
  const rows = some!.map((key) => {
    const { least, q25, median, q75, greatest, defined } = found[key]!;
    return [METRICS[key].name, least, q25, median, q75, greatest, defined];
  });
  const heads = ['metric over the paths', 'least', '25 %', 'median', '75 %', 'greatest', 'paths'];
  const missing = none!.map((key) => `no path has ${METRICS[key].name}: ${found[key]!.reason}\n`);
  return `\n${table(heads, rows)}${missing.join('')}`;
}
