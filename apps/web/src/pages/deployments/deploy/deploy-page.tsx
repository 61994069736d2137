import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { allSeriesQuery } from '../../../definitions/series-query';
import { StrategySelect } from '../../../definitions/strategy-select';
import { ButtonLink } from '../../../shell/links';
import { Page } from '../../../shell/page';
import { Empty } from '../../../states/empty';
import { Loading } from '../../../states/loading';
import { ProblemAlert } from '../../../states/problem-alert';
import { completedBacktestsQuery, mappingsQuery, researchStrategyQuery } from '../queries';
import { DeployFlow } from './deploy-flow';
import { StrategySummary } from './strategy-summary';

const isDeployable = ({ kind }: { kind: string }) => kind !== 'universe';

/** Strategy, results, form, dry run, start: the whole way on one page. */
export function DeployPage() {
  const { strategy: id } = useSearch({ from: '/app/deployments/new' });
  const navigate = useNavigate({ from: '/deployments/new' });
  const strategy = useQuery({ ...researchStrategyQuery(id ?? ''), enabled: id !== undefined });
  const backtests = useQuery({ ...completedBacktestsQuery(id ?? ''), enabled: id !== undefined });
  const series = useQuery(allSeriesQuery);
  const mappings = useQuery(mappingsQuery);
  const problem = strategy.error ?? backtests.error ?? series.error ?? mappings.error;
  return (
    <Page title="Deploy a strategy" lead="Look at what it is worth, say how it shall trade, see a dry run, start it.">
      <Stack gap="lg" maw={920}>
        {problem && <ProblemAlert problem={problem} />}
        <StrategySelect
          value={id ?? null}
          onChange={(value) => value && void navigate({ search: { strategy: value }, replace: true })}
          among={isDeployable}
          none={
            <Empty title="No strategy to deploy" action={<ButtonLink to="/strategies/new">Make one</ButtonLink>}>
              A strategy is made, tested and judged first; then it is deployed from its page.
            </Empty>
          }
        />
        {id &&
          (strategy.data && backtests.data && series.data && mappings.data ? (
            <>
              <StrategySummary strategy={strategy.data} backtests={backtests.data} />
              <DeployFlow
                key={id}
                strategy={strategy.data}
                backtests={backtests.data}
                series={series.data}
                mappings={mappings.data}
              />
            </>
          ) : (
            !problem && <Loading lines={10} />
          ))}
      </Stack>
    </Page>
  );
}
