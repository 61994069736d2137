import { Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { loosensLive, setTradingState, type Account, type TradingState } from '../../shell/halt/accounts';
import { TradePasswordField } from '../../shell/halt/trade-password-field';

const STATES: [TradingState, string, string][] = [
  ['ACTIVE', 'Active', 'Deployments trade.'],
  ['REDUCING', 'Reducing', 'Positions are closed and made smaller, none is opened.'],
  ['HALTED', 'Halted', 'Nothing but a flatten by hand.'],
];

/** Another trading state for one account, with a reason; a live account may trade more again only with the trade password. */
export function TradingStateDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const client = useQueryClient();
  const [state, setState] = useState<TradingState>(account.trading_state);
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const loosens = loosensLive(account, state);
  const change = useMutation({
    mutationFn: () => setTradingState(account.account_id, state, reason.trim(), loosens ? password : undefined),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['account'] });
      await client.invalidateQueries({ queryKey: ['deployment'] });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Trading of ${account.name}`}
      action="Change"
      danger={state === 'HALTED' || loosens}
      missing={
        state === account.trading_state
          ? 'Choose another state first.'
          : reason.trim() === ''
            ? 'State the reason first.'
            : loosens && password === ''
              ? 'Give the trade password first.'
              : undefined
      }
      pending={change.isPending}
      problem={change.error}
      onConfirm={() => change.mutate()}
    >
      <Radio.Group label="From now on" value={state} onChange={(value) => setState(value as TradingState)}>
        <Stack gap="xs" mt="xs">
          {STATES.map(([value, label, description]) => (
            <Radio key={value} value={value} label={label} description={description} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label="Reason"
        description="Kept with the state"
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {loosens && <TradePasswordField value={password} onChange={setPassword} />}
    </ConfirmDialog>
  );
}
