import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';

interface Props {
  onFile: (file: File) => void;
  disabled?: boolean;
}

/** Takes a file by dropping it or by the button. */
export function DropZone({ onFile, disabled = false }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) onFile(file);
  };
  return (
    <Paper
      withBorder
      p="xl"
      radius="md"
      className={over ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Stack align="center" gap="xs">
        <Text fw={600}>Drop a file of bars here</Text>
        <Text size="sm" c="dimmed" ta="center">
          CSV, JSON, Parquet, zip or gzip, from most vendors: it is recognised by its content. Nothing is stored before
          you have seen what it holds.
        </Text>
        <Group>
          <Button onClick={() => input.current?.click()} disabled={disabled}>
            Choose a file
          </Button>
        </Group>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File of bars"
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </Stack>
    </Paper>
  );
}
