import { Alert, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { plural } from '../../format/words';
import { formatTime } from '../../format/time';
import { PageLink } from '../../shell/links';
import { ConfirmLive } from './deploy/confirm-live';
import { accountQuery, type DeploymentDetail } from './queries';
import { warningTitle } from './words/reasons';

interface Warning {
  code: string;
  message: string;
}

function Replay({ replay }: { replay: NonNullable<DeploymentDetail['replay']> }) {
  const { state, sessions_done: done, sessions_total: total, start, end, error } = replay;
  if (state === 'failed') {
    return (
      <Alert color="red" variant="light" title="The replay failed">
        {(error as { message?: string } | null)?.message ?? 'Its log says why.'}
      </Alert>
    );
  }
  const words = `${done} of ${plural(total, 'session')}, ${start} to ${end}`;
  if (state === 'completed') {
    return (
      <Text size="sm" c="dimmed">
        A replay of past sessions on paper: {words}. It does not go on by itself.
      </Text>
    );
  }
  return (
    <Alert color="blue" variant="light" title="Replaying past sessions on paper">
      <Stack gap={6}>
        <Text size="sm">
          {words}
          {replay.at && `; its clock stands at ${formatTime(replay.at)}`}
        </Text>
        <Progress value={total > 0 ? (done / total) * 100 : 0} animated aria-label="Sessions replayed" />
      </Stack>
    </Alert>
  );
}

/** What somebody who looks at the deployment must know first. */
export function DeploymentNotices({ deployment }: { deployment: DeploymentDetail }) {
  const account = useQuery(accountQuery(deployment.account_id));
  const { trading_state: state, replay, sync, sync_reason } = deployment;
  const warnings = deployment.warnings as unknown as Warning[];
  return (
    <Stack gap="xs">
      {state !== null && state !== 'ACTIVE' && (
        <Alert
          color="red"
          variant="light"
          title={state === 'HALTED' ? 'The account is halted' : 'The account only reduces'}
        >
          <Text size="sm">
            {state === 'HALTED'
              ? 'Every run is refused, and no order is sent but a manual flatten.'
              : 'Positions are closed, none are opened.'}
            {account.data?.trading_state_reason && ` Reason: ${account.data.trading_state_reason}.`}
          </Text>
          <PageLink to="/settings" size="sm">
            Change it in the settings
          </PageLink>
        </Alert>
      )}
      {sync !== 'in_sync' && (
        <Alert
          color={sync === 'frozen' ? 'red' : 'yellow'}
          variant="light"
          title={sync === 'frozen' ? 'Frozen: the books and the venue differ' : 'The books and the venue differ'}
        >
          {sync_reason}
        </Alert>
      )}
      {deployment.stale_bars && (
        <Alert
          color="yellow"
          variant="light"
          title={`No new bars since ${formatTime(deployment.stale_bars.newest_bar, { zone: 'UTC', detail: 'date' })}`}
        >
          By the calendar of its market the newest should have closed at{' '}
          {formatTime(deployment.stale_bars.expected_close)}. Without bars it decides nothing: import newer ones, or
          mend its feed.
        </Alert>
      )}
      {deployment.status === 'created' && !deployment.paper && <ConfirmLive deployment={deployment} />}
      {!deployment.enabled && deployment.status !== 'stopped' && (
        <Alert color="yellow" variant="light" title="Switched off">
          No order is sent for it until it is switched on.
        </Alert>
      )}
      {replay && <Replay replay={replay} />}
      {warnings.length > 0 && deployment.status !== 'stopped' && (
        <details>
          <summary>
            <Text span size="sm">
              {warnings.length === 1 ? '1 thing' : `${warnings.length} things`} to know:{' '}
              {[...new Set(warnings.map(({ code }) => warningTitle(code).toLowerCase()))].join('; ')}
            </Text>
          </summary>
          <Stack gap={4} mt={6} pl="md">
            {warnings.map(({ message }) => (
              <Text key={message} size="sm">
                {message}
              </Text>
            ))}
          </Stack>
        </details>
      )}
    </Stack>
  );
}
