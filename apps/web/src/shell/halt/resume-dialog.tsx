import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { plural } from '../../format/words';
import { activateAll, loosensLive, nameOf, refuseUnlessAll, type Account } from './accounts';
import { TradePasswordField } from './trade-password-field';

const stateOf = ({ trading_state: state, trading_state_reason: reason }: Account): string =>
  `${state === 'HALTED' ? 'Halted, no orders' : 'Reducing, exits only'}${reason ? `: ${reason}` : ''}`;

/** Lets chosen accounts trade again: at first those that are halted; one that only reduces was set so on its own. The trade password is asked for where money is at stake. */
export function ResumeDialog({ held, onClose }: { held: readonly Account[]; onClose: () => void }) {
  const client = useQueryClient();
  const [ids, setIds] = useState(() =>
    held.filter(({ trading_state: state }) => state === 'HALTED').map(({ account_id: id }) => id),
  );
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const chosen = held.filter(({ account_id: id }) => ids.includes(id));
  const isLive = chosen.some((account) => loosensLive(account, 'ACTIVE'));
  const resume = useMutation({
    mutationFn: async () => {
      const outcomes = await activateAll(chosen, reason.trim(), password);
      refuseUnlessAll(outcomes, 'active again');
      return outcomes.length;
    },
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => ['account', 'deployment'].includes(String(queryKey[0])),
      }),
    onSuccess: (count) => {
      notifications.show({ color: 'teal', title: 'Trading again', message: `${plural(count, 'account')} active` });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Trade again"
      action="Lift the halt"
      pending={resume.isPending}
      missing={
        chosen.length === 0
          ? 'Choose an account first.'
          : reason.trim() === ''
            ? 'State the reason first.'
            : isLive && password === ''
              ? 'Give the trade password first.'
              : undefined
      }
      problem={resume.error}
      onConfirm={() => resume.mutate()}
    >
      <Text size="sm">Deployments of these accounts order again from their next evaluation on.</Text>
      <Stack gap="xs">
        {held.map((account) => {
          const { account_id: id } = account;
          return (
            <Checkbox
              key={id}
              label={nameOf(account)}
              description={stateOf(account)}
              checked={ids.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                setIds((all) => (checked ? [...all, id] : all.filter((one) => one !== id)))
              }
            />
          );
        })}
      </Stack>
      <TextInput
        label="Reason"
        description="Kept with the state and in the audit"
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      {isLive && <TradePasswordField value={password} onChange={setPassword} />}
    </ConfirmDialog>
  );
}
