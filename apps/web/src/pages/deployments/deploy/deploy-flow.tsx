import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { notifications } from '@mantine/notifications';
import { answer, trade } from '../../../api/clients';
import { newId } from '../../../api/ids';
import type { components as ResearchTypes } from '../../../api/generated/research';
import type { components } from '../../../api/generated/trade';
import { MadeUpBars } from '../../../definitions/made-up-bars';
import { DeployForm } from './deploy-form';
import { deploymentBody, firstDraft, type SeriesFacts } from './draft';
import { DryRunView, MADE_BEFORE, MADE_BEFORE_WORDS } from './dry-run-view';
import { deployOnce, type Deployed } from './deploy-once';
import { register } from './register';

type Strategy = ResearchTypes['schemas']['StrategyDto'];
type Backtest = ResearchTypes['schemas']['BacktestDto'];
type Schemas = components['schemas'];

interface Props {
  strategy: Strategy;
  backtests: readonly Backtest[];
  series: readonly SeriesFacts[];
  mappings: readonly Schemas['StoredMappingDto'][];
}

function stopOf(strategy: Strategy): number | null {
  const stop = (strategy.pipeline_config.protection as { stop_loss?: { percent?: number } } | null | undefined)
    ?.stop_loss;
  return stop?.percent ?? null;
}

/** The form, then the dry run of what it made; nothing is sent before the person starts it. */
export function DeployFlow({ strategy, backtests, series, mappings }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const facts = { symbol: strategy.universe[0]!, timeframe: strategy.timeframe, stopLossPct: stopOf(strategy) };
  const [draft, setDraft] = useState(() => firstDraft(facts, series));
  // one until it is taken back: where no answer came, the next try makes the same one and not a second
  const [deploymentId, setDeploymentId] = useState(newId);
  const [made, setMade] = useState<Deployed | null>(null);
  const open = (id: string) => void navigate({ to: '/deployments/$id', params: { id } });

  const check = useMutation({
    mutationFn: async () => {
      await register({ id: strategy.id, promotedRevision: strategy.promoted_revision }, backtests);
      return deployOnce(deploymentBody(draft, strategy.id, deploymentId));
    },
    onSuccess: async (deployed) => {
      await client.invalidateQueries({ queryKey: ['deployment'] });
      const { deployment, madeBefore } = deployed;
      if (!deployment.replay) return setMade(deployed);
      if (madeBefore) notifications.show({ color: 'yellow', title: MADE_BEFORE, message: MADE_BEFORE_WORDS });
      return open(deployment.deployment_id);
    },
  });
  const drop = useMutation({
    mutationFn: (id: string) =>
      answer(trade.DELETE('/api/v1/deployments/{deploymentId}', { params: { path: { deploymentId: id } } })),
    onSuccess: async () => {
      setMade(null);
      setDeploymentId(newId());
      check.reset();
      await client.invalidateQueries({ queryKey: ['deployment'] });
    },
  });

  const { universe, timeframe } = strategy;
  const tested = (backtests[0]?.data as { source?: string } | null | undefined)?.source ?? strategy.source;
  const marked = (
    <MadeUpBars
      used={[
        { symbols: universe, source: tested, timeframe },
        { symbols: [facts.symbol], source: draft.source, timeframe },
      ]}
    />
  );
  if (made) {
    return (
      <>
        {marked}
        <DryRunView
          deployment={made.deployment}
          madeBefore={made.madeBefore}
          onStarted={() => open(made.deployment.deployment_id)}
          onBack={() => drop.mutate(made.deployment.deployment_id)}
          leaving={drop.isPending}
          problem={drop.error}
        />
      </>
    );
  }
  return (
    <>
      {marked}
      <DeployForm
        draft={draft}
        onChange={setDraft}
        facts={facts}
        series={series}
        mappings={mappings}
        onCheck={() => check.mutate()}
        pending={check.isPending}
        problem={check.error}
      />
    </>
  );
}
