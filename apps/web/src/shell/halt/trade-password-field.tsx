import { PasswordInput } from '@mantine/core';

/** Asked for where a live account may trade again: it is sent with the request, and checked by the service. */
export function TradePasswordField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <PasswordInput
      label="Trade password"
      description="Your own for live trading, not the one of the broker. It is set in the settings."
      required
      value={value}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
