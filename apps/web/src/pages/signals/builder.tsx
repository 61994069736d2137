import {
  Alert,
  Badge,
  Button,
  Group,
  Input,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { answer, research } from '../../api/clients';
import { asProblem, type FieldProblem } from '../../api/problem';
import { isDaily } from '../../format/timeframe';
import type { Feature } from '../../definitions/features-query';
import { allSeriesQuery, type StoredSeries } from '../../definitions/series-query';
import type { Market } from '../../format/time';
import { may, useSession } from '../../session/session';
import { ButtonLink } from '../../shell/links';
import { Page, Section } from '../../shell/page';
import { ProblemAlert } from '../../states/problem-alert';
import { DryRunSection } from './dry-run/dry-run-section';
import { useSample } from './dry-run/use-sample';
import { fieldGroups } from './editor/editor-context';
import { nodeProblems, treeProblems } from './editor/node-problems';
import { TreeEditor } from './editor/tree-editor';
import { ExplainSection } from './explain/explain-section';
import { pinnedRulesQuery, strategyQuery, type PositionMode, type SignalLogic } from './queries';
import { StrategySection } from './strategy-section';
import { useRules } from './use-rules';
import { verdictQuery } from './verdict';

const SETTLE_MS = 350;
/** The API takes so many. */
const MOST_FEATURES = 256;
const NOTHING_WRONG: readonly FieldProblem[] = [];
const MODES = [
  { value: 'long_only', label: 'Long or out' },
  { value: 'long_short', label: 'Long or short' },
];

interface Props {
  saved: SignalLogic | null;
  features: readonly Feature[];
  strategyId: string | null;
  onStrategy: (id: string | null) => void;
  onSaved: (signal: SignalLogic) => void;
}

/** A feature a name: the strategy's own, else the newest. */
function featuresByName(features: readonly Feature[], own: readonly string[]): Feature[] {
  const mine = own.flatMap((id) => features.find((feature) => feature.id === id) ?? []);
  return [...new Map([...features, ...mine].map((feature) => [feature.name, feature])).values()];
}

/** Rules as they are edited, judged and tried while they are. */
export function Builder({ saved, features, strategyId, onStrategy, onSaved }: Props) {
  const mayWrite = may(useSession(), 'research:write');
  const client = useQueryClient();
  const { rules, tree, names, change, edit, changed, dirty } = useRules(saved);
  const allSeries = useQuery(allSeriesQuery);
  const strategy = useQuery({ ...strategyQuery(strategyId ?? ''), enabled: strategyId !== null }).data;
  const [chosen, setChosen] = useState<StoredSeries | null>(null);
  const ofStrategy = allSeries.data?.find(
    ({ symbol, timeframe, source }) =>
      symbol === strategy?.universe[0] &&
      timeframe === strategy.timeframe &&
      (strategy.source === null || source === strategy.source),
  );
  const series = chosen ?? ofStrategy ?? allSeries.data?.[0] ?? null;
  const offered = useMemo(() => featuresByName(features, strategy?.feature_ids ?? []), [features, strategy]);
  const fields = useMemo(() => fieldGroups(offered.map(({ name }) => name)), [offered]);
  const featureIds = useMemo(() => offered.slice(-MOST_FEATURES).map(({ id }) => id), [offered]);
  const sample = useSample({ series, names, features: offered, strategy: strategyId });
  const judged = { tree, positionMode: rules.positionMode, featureIds, sample: sample.rows, sampleKey: sample.key };
  const [settled] = useDebouncedValue(judged, SETTLE_MS);
  const verdict = useQuery({ ...verdictQuery(settled), placeholderData: keepPreviousData });
  const problem = verdict.error ? asProblem(verdict.error) : undefined;
  const wrong = problem?.fields ?? NOTHING_WRONG;
  const problems = useMemo(() => nodeProblems(wrong), [wrong]);
  const good = verdict.isError ? undefined : verdict.data;
  const pinned = useQuery({
    ...pinnedRulesQuery(strategy ?? { id: '', revision: 1, version: 1 }),
    enabled: strategy !== undefined,
  }).data;
  const current = saved !== null && pinned?.id === saved.id && pinned.revision === saved.revision;

  const [at, setAt] = useState('');
  const [asked, setAsked] = useState(0);
  const daily = series !== null && isDaily(series.timeframe);

  const save = useMutation({
    mutationFn: (): Promise<SignalLogic> => {
      const body = {
        name: rules.name.trim(),
        rule_tree: tree as unknown as Record<string, unknown>,
        position_mode: rules.positionMode,
      };
      return answer(
        saved
          ? research.PATCH('/api/signals/{id}', {
              params: { path: { id: saved.id }, header: { 'If-Match': `"${saved.version}"` } },
              body: { ...body, plugin: 'rule_tree' },
            })
          : research.POST('/api/signals', { body }),
      );
    },
    onSuccess: (signal) => {
      client.setQueryData(['signal', signal.id], signal);
      void client.invalidateQueries({ queryKey: ['signal', 'list'] });
      onSaved(signal);
    },
  });
  const refused = save.error ? asProblem(save.error) : undefined;
  const state = verdict.isFetching
    ? 'Checking'
    : wrong.length > 0
      ? `${wrong.length} to fill in or mend`
      : good
        ? 'Valid'
        : '';

  return (
    <Page
      title={saved ? saved.name : 'New rules'}
      lead={
        saved ? `Signal logic, revision ${saved.revision}` : 'When to be long, out or short, by features and prices.'
      }
      actions={
        <>
          <ButtonLink to="/signals" variant="default">
            All signals
          </ButtonLink>
          {mayWrite && (
            <Button
              onClick={() => save.mutate()}
              loading={save.isPending}
              disabled={!dirty || !rules.name.trim() || wrong.length > 0}
            >
              {saved ? 'Save as a new revision' : 'Save'}
            </Button>
          )}
        </>
      }
    >
      {refused && <ProblemAlert problem={refused} title="Not saved" />}
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw={860}>
        <TextInput
          label="Name"
          required
          value={rules.name}
          error={refused?.of('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Stack gap={2}>
          <Input.Label component="div">Positions</Input.Label>
          <SegmentedControl
            aria-label="Positions"
            data={MODES}
            value={rules.positionMode}
            onChange={(value) => change({ positionMode: value as PositionMode })}
          />
        </Stack>
      </SimpleGrid>
      <Section
        title="Rules"
        actions={
          <Group gap="xs" role="status">
            {state && (
              <Badge variant="light" radius="sm" tt="none" color={wrong.length > 0 ? 'red' : good ? 'teal' : 'gray'}>
                {state}
              </Badge>
            )}
            {dirty && <Text size="xs">Not saved</Text>}
          </Group>
        }
      >
        {problem && wrong.length === 0 && <ProblemAlert problem={problem} onRetry={() => void verdict.refetch()} />}
        {treeProblems(wrong).map((words) => (
          <Alert key={words} color="red" title="The rules cannot be used">
            <Text size="sm">{words}</Text>
          </Alert>
        ))}
        <TreeEditor
          draft={rules.draft}
          onChange={edit}
          fields={fields}
          problems={problems}
          unreachable={good?.unreachable ?? []}
          counts={good?.groups ?? []}
          rows={good?.dryRun.length ?? 0}
          positionMode={rules.positionMode}
        />
      </Section>
      <DryRunSection
        series={series}
        onSeries={setChosen}
        sample={sample}
        verdict={good}
        judging={verdict.isFetching}
        explains={strategy !== undefined}
        onBar={(time) => {
          const iso = new Date(time).toISOString();
          setAt(daily ? iso.slice(0, 10) : iso);
          setAsked((before) => before + 1);
        }}
      />
      <ExplainSection
        strategy={strategy ?? null}
        other={
          current && !changed
            ? undefined
            : 'The strategy still has the rules that were put into it before: save these and put them into it to have them explained.'
        }
        at={at}
        onAt={setAt}
        asked={asked}
        daily={daily}
        market={series?.market as Market | undefined}
      />
      {mayWrite && (
        <StrategySection
          signalId={saved?.id ?? null}
          dirty={changed}
          names={names}
          features={offered}
          strategy={strategy}
          onStrategy={onStrategy}
          series={series}
          current={current && !changed}
        />
      )}
    </Page>
  );
}
