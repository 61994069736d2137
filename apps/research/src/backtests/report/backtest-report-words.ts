import { madeUp } from '@assay/domain';
import { figureText, percentText, timeText } from '../../reports/figures';
import type { BacktestDto } from '../backtest.response';
import type { ReportedCourses, ReportedPrices } from './backtest-report.response';

/** What came of it, beside buying and holding the same bars. */
export const conclusionOf = (
  { metrics, buy_hold_metrics: held }: Pick<BacktestDto, 'metrics' | 'buy_hold_metrics'>,
  { scored, times }: Pick<ReportedCourses, 'scored' | 'times'>,
): string =>
  `Returned ${percentText(metrics?.total_return)} after costs in ${figureText(scored)} bars from ${timeText(times[0])} to ${timeText(times.at(-1))}; ` +
  `buying and holding returned ${percentText(held?.total_return)}.`;

interface Noted {
  synthetic: readonly string[];
  backtest: Pick<BacktestDto, 'warnings' | 'rerun' | 'data'>;
  prices: ReportedPrices | null;
  ofUniverse: boolean;
}

/** What a reader of the figures has to know. */
export function notesOf({ synthetic, backtest: { warnings, rerun, data }, prices, ofUniverse }: Noted): string[] {
  return [
    ...(synthetic.length > 0 ? [`T${madeUp(synthetic).slice(1)}.`] : []),
    ...warnings.map(({ message }) => message),
    ...(data?.locked_from ? [`Bars from ${timeText(data.locked_from)} on are locked and were not read.`] : []),
    ...(rerun
      ? [
          `Repeats another run on ${rerun.same_bars ? 'the same bars' : 'bars that have changed'}${rerun.same_result === null ? '' : `, with ${rerun.same_result ? 'the same' : 'another'} result`}.`,
        ]
      : []),
    ...(prices === null && !ofUniverse
      ? ['The bars are no longer stored as they were read: their prices are not drawn.']
      : []),
    'One run over all scored bars, by rules that may have been made with these bars in sight: it is no evidence by itself. The gates judge out of sample.',
    'Past figures promise nothing.',
  ];
}
