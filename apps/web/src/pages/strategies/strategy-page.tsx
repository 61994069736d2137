import { Group, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { MadeUpBars } from '../../definitions/made-up-bars';
import { Page } from '../../shell/page';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { StatusBadge } from '../../states/status-badge';
import { DocumentTab } from './document-tab';
import { LineageTab } from './lineage-tab';
import { NotesTab } from './notes-tab';
import { OverviewTab } from './overview-tab';
import { revisionsQuery, strategyQuery } from './queries';
import { StrategyActions } from './strategy-actions';
import { readTab, type StrategyTab } from './tabs';
import { TrialsTab } from './trials/trials-tab';
import { VersionsTab } from './versions-tab';
import { barWords } from './words/document-words';

const LABELS: Record<StrategyTab, string> = {
  overview: 'Overview',
  versions: 'Versions',
  document: 'Document',
  lineage: 'Lineage',
  trials: 'Trials',
  notes: 'Notes and tags',
};

export function StrategyPage() {
  const { id } = useParams({ from: '/app/strategies/$id' });
  const { tab = 'overview' } = useSearch({ from: '/app/strategies/$id' });
  const navigate = useNavigate({ from: '/strategies/$id' });
  const query = useQuery(strategyQuery(id));
  const strategy = query.data;
  const source = useQuery(revisionsQuery(id)).data?.at(-1)?.source;
  if (!strategy) {
    return (
      <Page title="Strategy">
        {query.isError ? (
          <ProblemAlert problem={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading lines={8} />
        )}
      </Page>
    );
  }
  const symbols = strategy.universe.length > 4 ? `${strategy.universe.length} symbols` : strategy.universe.join(', ');
  const show = (value: string | null) =>
    void navigate({ search: { tab: value === 'overview' ? undefined : readTab(value) }, replace: true });
  return (
    <Page
      title={strategy.name}
      lead={
        <>
          <Group gap="xs">
            <StatusBadge status={strategy.status} />
            <Text span>
              {symbols}, {barWords(strategy.timeframe)}, version {strategy.revision}
            </Text>
          </Group>
          {strategy.description && <Text mt={4}>{strategy.description}</Text>}
        </>
      }
      actions={<StrategyActions strategy={strategy} />}
    >
      {query.isError && <ProblemAlert problem={query.error} title="Not up to date" />}
      <MadeUpBars
        used={[{ symbols: strategy.universe, source: source ?? strategy.source, timeframe: strategy.timeframe }]}
      />
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <Tabs.List mb="md">
          {(Object.keys(LABELS) as StrategyTab[]).map((key) => (
            <Tabs.Tab key={key} value={key}>
              {LABELS[key]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <OverviewTab strategy={strategy} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsTab id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="document">
          <DocumentTab strategy={strategy} />
        </Tabs.Panel>
        <Tabs.Panel value="lineage">
          <LineageTab id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="trials">
          <TrialsTab strategy={strategy} />
        </Tabs.Panel>
        <Tabs.Panel value="notes">
          <NotesTab id={id} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
