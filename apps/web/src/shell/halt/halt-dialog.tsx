import { List, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { plural } from '../../format/words';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { QueryView } from '../../states/query-view';
import { accountsQuery, haltAll, isTrading, nameOf, refuseUnlessAll } from './accounts';

/** Asks for a reason and halts every account: no order but a manual flatten goes out until an account is made active again. */
export function HaltDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const accounts = useQuery(accountsQuery);
  const [reason, setReason] = useState('');
  const open = accounts.data?.filter(isTrading);
  const isNothingOpen = open?.length === 0;
  const halt = useMutation({
    mutationFn: async () => {
      const outcomes = await haltAll(accounts.data ?? [], reason.trim());
      // then what was opened or made active again since the list was read: nothing that is known waits for a list to come
      await client.cancelQueries({ queryKey: accountsQuery.queryKey });
      const now = await client.fetchQuery({ ...accountsQuery, staleTime: 0, retry: false }).catch(() => []);
      const asked = new Set(outcomes.map(({ account }) => account.account_id));
      const others = now.filter(({ account_id: id }) => !asked.has(id));
      outcomes.push(...(await haltAll(others, reason.trim())));
      refuseUnlessAll(outcomes, 'halted');
      return outcomes.length;
    },
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => ['account', 'deployment'].includes(String(queryKey[0])),
      }),
    onSuccess: (count) => {
      notifications.show({ color: 'teal', title: 'Halted', message: `${plural(count, 'account')} halted` });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Halt all trading"
      action="Halt"
      typed="HALT"
      pending={halt.isPending}
      missing={
        open === undefined
          ? 'The accounts are not known yet.'
          : isNothingOpen
            ? 'Nothing is left to halt.'
            : reason.trim() === ''
              ? 'State the reason first.'
              : undefined
      }
      problem={halt.error}
      onConfirm={() => halt.mutate()}
    >
      <QueryView query={accounts} lines={2}>
        {() =>
          isNothingOpen || open === undefined ? (
            <Text size="sm">No account is trading: nothing is left to halt.</Text>
          ) : (
            <Stack gap="xs">
              <Text size="sm">
                While halted, nothing is ordered on {plural(open.length, 'account')}, except a flatten by hand.
                Positions stay as they are. The header of every page then says “Halted”; a click on that word is the way
                to resume, and until then they stay halted. Replays of past sessions go on: they order nothing.
              </Text>
              <List size="sm">
                {open.map((account) => (
                  <List.Item key={account.account_id}>{nameOf(account)}</List.Item>
                ))}
              </List>
            </Stack>
          )
        }
      </QueryView>
      {!isNothingOpen && (
        <TextInput
          label="Reason"
          description="Kept with the state and in the audit"
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      )}
    </ConfirmDialog>
  );
}
