import { Button, Code, CopyButton, Group } from '@mantine/core';

const SHOWN = 12;

/** A hash or an id by its beginning, with a way to copy all of it. */
export function Hash({ value, name }: { value: string; name: string }) {
  return (
    <Group component="span" gap="xs" wrap="nowrap" display="inline-flex">
      <Code title={value}>{value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value}</Code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy} aria-label={`Copy ${name}`}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
