import { Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { allSeriesQuery } from '../../../definitions/series-query';
import { strategiesQuery } from '../../../definitions/strategies-query';
import { ButtonLink } from '../../../shell/links';
import { Page } from '../../../shell/page';
import { Empty } from '../../../states/empty';
import { Loading } from '../../../states/loading';
import { ProblemAlert } from '../../../states/problem-alert';
import { completedBacktestsQuery, mappingsQuery, researchStrategyQuery } from '../queries';
import { DeployFlow } from './deploy-flow';
import { StrategySummary } from './strategy-summary';

/** Drawn at a time; typing finds the others. */
const MOST_OFFERED = 200;

const isDeployable = (one: { status: string; kind: string }) => one.status !== 'archived' && one.kind !== 'universe';

/** Strategy, results, form, dry run, start: the whole way on one page. */
export function DeployPage() {
  const { strategy: id } = useSearch({ from: '/app/deployments/new' });
  const navigate = useNavigate({ from: '/deployments/new' });
  const choices = useQuery(strategiesQuery);
  const strategy = useQuery({ ...researchStrategyQuery(id ?? ''), enabled: id !== undefined });
  const backtests = useQuery({ ...completedBacktestsQuery(id ?? ''), enabled: id !== undefined });
  const series = useQuery(allSeriesQuery);
  const mappings = useQuery(mappingsQuery);
  const problem = choices.error ?? strategy.error ?? backtests.error ?? series.error ?? mappings.error;
  const options = (choices.data ?? []).filter(isDeployable).map((one) => ({
    value: one.id,
    label: `${one.name} (${one.status})`,
  }));
  if (choices.data && options.length === 0 && !id) {
    return (
      <Page title="Deploy a strategy">
        <Empty title="No strategy to deploy" action={<ButtonLink to="/strategies/new">Make one</ButtonLink>}>
          A strategy is made, tested and judged first; then it is deployed from its page.
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Deploy a strategy" lead="Look at what it is worth, say how it shall trade, see a dry run, start it.">
      <Stack gap="lg" maw={920}>
        {problem && <ProblemAlert problem={problem} />}
        <Select
          label="Strategy"
          placeholder={choices.isPending ? 'Loading' : 'Choose a strategy'}
          data={options}
          value={id ?? null}
          searchable
          limit={MOST_OFFERED}
          allowDeselect={false}
          onChange={(value) => value && void navigate({ search: { strategy: value }, replace: true })}
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
