import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { SeriesChart } from '../../charts/series-chart';
import { Section } from '../../shell/page';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { comparedCurves } from './curve';
import { equityQuery } from './queries';

interface Props {
  runs: readonly { id: string; name: string }[];
}

const DAY_MS = 86_400_000;

/** Equity and falls of several runs in one picture. */
export function ComparedCurves({ runs }: Props) {
  const { curves, problem } = useQueries({
    queries: runs.map(({ id }) => equityQuery(id)),
    combine: (results) => ({
      curves: results.every(({ data }) => data) ? results.map(({ data }) => data!) : undefined,
      problem: results.find(({ error }) => error)?.error,
    }),
  });
  const names = runs.map(({ name }) => name).join('\n');
  const series = useMemo(
    () => curves && comparedCurves(names.split('\n').map((name, index) => ({ name, points: curves[index]! }))),
    [curves, names],
  );
  return (
    <Section title="Equity and drawdown">
      {problem && <ProblemAlert problem={problem} />}
      {!problem && !series && <Loading lines={1} height={420} />}
      {series && (
        <SeriesChart
          label="Value of 1 at the start of each, after costs; below it the fall from the peak so far"
          series={series}
          daily={series.every(({ points }) => points.every(({ time }) => time % DAY_MS === 0))}
          height={420}
        />
      )}
    </Section>
  );
}
