import { Button, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { asProblem, failure } from '../../api/problem';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { formatExact } from '../../format/number';
import { may, useSession } from '../../session/session';
import { ConfirmChange, isHeld } from './confirm-change';
import type { DeploymentDetail } from './queries';
import { ACTIONS, actionsFor, asksOf, blockedWhy, type ActionKind } from './words/actions';
import { changeRows } from './words/change-rows';

type Patch = { enabled?: boolean; status?: 'active' | 'paused' };

type Changed = components['schemas']['ChangedDeploymentDto'];

/** What the switches ask for. What stops needs no version: it is done whatever was changed meanwhile. */
const SWITCHES = {
  pause: { status: 'paused' },
  resume: { status: 'active' },
  'switch-off': { enabled: false },
  'switch-on': { enabled: true },
} as const satisfies Partial<Record<ActionKind, Patch>>;

const switchOf = (kind: ActionKind): Patch | undefined =>
  kind in SWITCHES ? SWITCHES[kind as keyof typeof SWITCHES] : undefined;

/** What a switch has answered; null for anything else. */
async function carryOut(kind: ActionKind, { deployment_id: id, version }: DeploymentDetail): Promise<Changed | null> {
  const params = { path: { deploymentId: id } };
  const patch = switchOf(kind);
  if (patch) {
    const starts = kind === 'resume' || kind === 'switch-on';
    const body = starts ? { ...patch, version } : patch;
    return answer(trade.PATCH('/api/v1/deployments/{deploymentId}', { params, body }));
  }
  if (kind === 'run') await answer(trade.POST('/api/v1/deployments/{deploymentId}/run', { params }));
  else if (kind === 'flatten') await answer(trade.POST('/api/v1/deployments/{deploymentId}/flatten', { params }));
  else {
    const query = kind === 'stop-flat' ? { flatten: true } : {};
    await answer(trade.DELETE('/api/v1/deployments/{deploymentId}', { params: { ...params, query } }));
  }
  return null;
}

const done = (kind: ActionKind) => notifications.show({ color: 'teal', message: ACTIONS[kind].done });

/** What a person can do with a deployment; everything that trades or ends asks first, with the position it is about. */
export function DeploymentActions({ deployment }: { deployment: DeploymentDetail }) {
  const session = useSession();
  const whyId = useId();
  const client = useQueryClient();
  const [asked, setAsked] = useState<ActionKind | null>(null);
  const [held, setHeld] = useState<{ kind: ActionKind; changed: Changed } | null>(null);
  const run = useMutation({
    mutationFn: (kind: ActionKind) => carryOut(kind, deployment),
    onSuccess: async (changed, kind) => {
      setAsked(null);
      if (changed && isHeld(changed)) setHeld({ kind, changed });
      else done(kind);
      await client.invalidateQueries({ queryKey: ['deployment'] });
    },
    onError: (error, kind) => {
      if (ACTIONS[kind].asks) return;
      notifications.show({
        color: 'red',
        title: failure(error, `${ACTIONS[kind].label}: refused`),
        message: asProblem(error).detail,
      });
    },
  });
  if (!may(session, 'trade:write')) return null;
  const { shown, more } = actionsFor(deployment);
  const start = (kind: ActionKind) => {
    run.reset();
    if (ACTIONS[kind].asks) setAsked(kind);
    else run.mutate(kind);
  };
  const holds = deployment.position.qty !== '0';
  const blocked = shown.map((kind) => blockedWhy(kind, deployment)).find((why) => why !== undefined);
  return (
    <>
      {shown.map((kind) => (
        <Button
          key={kind}
          variant={kind === 'resume' || kind === 'switch-on' ? 'filled' : 'default'}
          loading={run.isPending && run.variables === kind && !ACTIONS[kind].asks}
          disabled={blockedWhy(kind, deployment) !== undefined}
          aria-describedby={blockedWhy(kind, deployment) === undefined ? undefined : whyId}
          onClick={() => start(kind)}
        >
          {ACTIONS[kind].label}
        </Button>
      ))}
      {blocked && (
        <Text size="xs" c="dimmed" maw={280} id={whyId}>
          {blocked}
        </Text>
      )}
      {more.length > 0 && (
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <Button variant="default">More</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((kind) => (
              <Menu.Item
                key={kind}
                color={ACTIONS[kind].danger ? 'red' : undefined}
                disabled={blockedWhy(kind, deployment) !== undefined}
                onClick={() => start(kind)}
              >
                {ACTIONS[kind].label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && (
        <ConfirmDialog
          opened
          onClose={() => setAsked(null)}
          title={`${ACTIONS[asked].label}: ${deployment.ticker}`}
          action={ACTIONS[asked].label}
          danger={ACTIONS[asked].danger}
          pending={run.isPending}
          problem={run.error}
          typed={!deployment.paper && ACTIONS[asked].danger ? deployment.ticker : undefined}
          onConfirm={() => run.mutate(asked)}
        >
          <Text size="sm">{asksOf(asked, deployment)}</Text>
          <Text size="sm">
            {holds
              ? `It holds ${formatExact(deployment.position.qty)} ${deployment.ticker} now${deployment.paper ? ', on paper' : ''}.`
              : 'It holds nothing now.'}
          </Text>
        </ConfirmDialog>
      )}
      {held && isHeld(held.changed) && (
        <ConfirmChange
          held={held.changed}
          rows={changeRows(held.changed, switchOf(held.kind) ?? {}, held.changed.held_back ?? [])}
          onClose={() => setHeld(null)}
          onConfirmed={() => {
            setHeld(null);
            done(held.kind);
          }}
        />
      )}
    </>
  );
}
