import { Alert, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { PriceChart } from '../../../charts/price-chart';
import { isDaily } from '../../../format/timeframe';
import { SeriesSelect } from '../../../definitions/series-select';
import type { StoredSeries } from '../../../definitions/series-query';
import { formatCount } from '../../../format/number';
import { plural } from '../../../format/words';
import { Section } from '../../../shell/page';
import { Loading } from '../../../states/loading';
import { ProblemAlert } from '../../../states/problem-alert';
import { Facts } from '../../../values/facts';
import type { Verdict } from '../verdict';
import { countTargets, marksOf } from './sample';
import type { useSample } from './use-sample';

interface Props {
  series: StoredSeries | null;
  onSeries: (series: StoredSeries | null) => void;
  sample: ReturnType<typeof useSample>;
  /** Of the tree as it is now; undefined while it is wrong or being judged. */
  verdict: Verdict | undefined;
  judging: boolean;
  /** A click on a bar has it explained. */
  explains: boolean;
  onBar: (time: number) => void;
}

/** The rules on the last bars of a series: where they change the target, drawn on the candles. */
export function DryRunSection({ series, onSeries, sample, verdict, judging, explains, onBar }: Props) {
  const bars = sample.bars.data;
  const rows = useMemo(() => verdict?.dryRun ?? [], [verdict]);
  const drawn = bars !== undefined && rows.length === bars.length;
  const marks = useMemo(() => (drawn ? marksOf(bars, rows) : []), [drawn, bars, rows]);
  const counts = countTargets(drawn ? rows : []);
  const daily = series !== null && isDaily(series.timeframe);
  return (
    <Section title="Dry run">
      <SeriesSelect label="On the bars of" value={series} onChange={onSeries} />
      {sample.bars.isError && <ProblemAlert problem={sample.bars.error} onRetry={() => void sample.bars.refetch()} />}
      {sample.problems.map(({ name, error }) => (
        <ProblemAlert key={name} problem={error} title={`${name} cannot be computed on these bars`} />
      ))}
      {sample.withoutPrediction && (
        <Alert color="yellow" title="No prediction to try them on">
          <Text size="sm">
            A prediction comes from the model of a strategy: choose a strategy below that has a completed backtest.
            Until then it is missing at every bar, and rules that compare it decide nothing.
          </Text>
        </Alert>
      )}
      {series && sample.bars.isPending && <Loading lines={1} height={420} />}
      {series && bars && bars.length > 0 && (
        <Stack gap="xs">
          <Text size="sm" role="status" c="dimmed">
            {sample.pending.length > 0
              ? `Computing ${sample.pending.join(', ')}`
              : judging
                ? 'Trying the rules'
                : drawn
                  ? `${plural(marks.length, 'change')} of the target in the last ${plural(bars.length, 'bar')}.${explains ? ' Click a bar to have it explained.' : ''}`
                  : 'Nothing is marked before the rules can be tried.'}
          </Text>
          {drawn && (
            <Facts
              facts={[
                ['Bars long', formatCount(counts.long)],
                ['Bars out', formatCount(counts.out)],
                ['Bars short', formatCount(counts.short)],
                ['Without a signal', formatCount(counts.unknown)],
              ]}
            />
          )}
          <PriceChart
            label={`${series.symbol}, bars of ${series.timeframe}, marked where the rules change the target`}
            bars={bars}
            markers={marks}
            zone={daily ? 'UTC' : undefined}
            daily={daily}
            height={360}
            onBar={onBar}
          />
        </Stack>
      )}
    </Section>
  );
}
