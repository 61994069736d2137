import { Alert, Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, trade } from '../../api/clients';
import { asProblem } from '../../api/problem';
import { may, useSession } from '../../session/session';
import { ProblemAlert } from '../../states/problem-alert';
import { Time } from '../../values/time';
import { ConfirmChange, isHeld } from './confirm-change';
import type { DeploymentDetail } from './queries';
import { changeRows } from './words/change-rows';
import { changesOf, settingsOf, settingsProblems, type Settings } from './words/settings';

const SCHEDULES = [
  { value: 'daily_close', label: 'At each daily close' },
  { value: 'hourly', label: 'Every hour' },
  { value: 'manual', label: 'Only when I ask for it' },
];

const saved = () => notifications.show({ color: 'teal', message: 'Saved: in force from the next decision on.' });

/** Size, schedule and limits of a deployment; what raises a live one is held back until it is confirmed. */
export function SettingsTab({ deployment }: { deployment: DeploymentDetail }) {
  const session = useSession();
  const client = useQueryClient();
  const before = settingsOf(deployment);
  // over what is in force: what was changed elsewhere meanwhile is not changed back
  const [edits, setEdits] = useState<Partial<Settings>>({});
  const settings = { ...before, ...edits };
  const problems = settingsProblems(before, settings);
  const changes = changesOf(before, settings);
  const [held, setHeld] = useState<Pick<Parameters<typeof ConfirmChange>[0], 'held' | 'rows'> | null>(null);
  const save = useMutation({
    mutationFn: (asked: typeof changes) =>
      answer(
        trade.PATCH('/api/v1/deployments/{deploymentId}', {
          params: { path: { deploymentId: deployment.deployment_id } },
          body: { ...asked, version: deployment.version },
        }),
      ),
    onSuccess: async (changed, asked) => {
      // as it was asked for: the fields show what is in force again while it is confirmed
      if (isHeld(changed)) setHeld({ held: changed, rows: changeRows(changed, asked, changed.held_back ?? []) });
      else saved();
      await client.invalidateQueries({ queryKey: ['deployment'] });
      setEdits({});
    },
  });
  const problem = save.error ? asProblem(save.error) : undefined;
  const locked = !may(session, 'trade:write') || deployment.status === 'stopped' || deployment.replay !== undefined;
  const field = (key: keyof Settings, path: string) => ({
    value: settings[key],
    disabled: locked,
    onChange: (event: { currentTarget: { value: string } }) => setEdits({ ...edits, [key]: event.currentTarget.value }),
    error: problems[key] ?? problem?.of(path),
  });
  const isCron = typeof deployment.schedule !== 'string';
  return (
    <Stack maw={820}>
      {deployment.replay !== undefined && (
        <Alert color="gray">A replay keeps the settings that it was started with.</Alert>
      )}
      {problem && <ProblemAlert problem={problem} title="Not changed" />}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {deployment.sizing ? (
          <TextInput
            label="Capital"
            description="The weights are shares of it."
            {...field('capital', 'sizing.capital')}
          />
        ) : (
          <TextInput label="Units a signal" {...field('units', 'qty')} />
        )}
        {isCron ? (
          <TextInput label="Evaluates" value={JSON.stringify(deployment.schedule)} disabled />
        ) : (
          <Select
            label="Evaluates"
            data={SCHEDULES}
            value={settings.schedule}
            disabled={locked}
            allowDeselect={false}
            onChange={(value) => value && setEdits({ ...edits, schedule: value })}
            error={problem?.of('schedule')}
          />
        )}
        <TextInput label="Largest position (USD)" {...field('maxPosition', 'risk_limits.max_position_usd')} />
        <TextInput label="Entries a day" {...field('maxTrades', 'risk_limits.max_daily_trades')} />
        <TextInput
          label="Stop loss (%)"
          placeholder="none but the strategy’s own"
          {...field('stopLoss', 'risk_limits.stop_loss_pct')}
        />
      </SimpleGrid>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          Last changed <Time value={deployment.updated_at} />
        </Text>
        <Button
          onClick={() => save.mutate(changes)}
          loading={save.isPending}
          disabled={locked || Object.keys(changes).length === 0 || Object.keys(problems).length > 0}
        >
          Save
        </Button>
      </Group>
      {held && (
        <ConfirmChange
          {...held}
          onClose={() => setHeld(null)}
          onConfirmed={() => {
            setHeld(null);
            saved();
          }}
        />
      )}
    </Stack>
  );
}
