import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { ProblemAlert } from '../states/problem-alert';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, with the facts that matter. */
  children: ReactNode;
  /** The verb on the button. */
  action: string;
  onConfirm: () => void;
  pending?: boolean;
  problem?: unknown;
  /** Must be typed first: for what concerns money. */
  typed?: string;
  danger?: boolean;
  /** What is missing still, as a sentence beside the button that waits for it. */
  missing?: string | undefined;
}

/** Asks before something that cannot be taken back; stays open with the problem where it was refused. */
export function ConfirmDialog(props: Props) {
  const {
    opened,
    onClose,
    title,
    children,
    action,
    onConfirm,
    pending = false,
    problem,
    typed,
    danger = true,
    missing,
  } = props;
  const [text, setText] = useState('');
  const isTyped = typed === undefined || text.trim() === typed;
  const waitsFor = missing ?? (isTyped ? undefined : `Type ${typed} first.`);
  const ready = waitsFor === undefined;
  const why = useId();
  const close = () => {
    setText('');
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !pending) onConfirm();
        }}
      >
        <Stack>
          {children}
          {typed !== undefined && (
            <TextInput
              label={`Type ${typed} to go on`}
              value={text}
              autoComplete="off"
              onChange={(event) => setText(event.currentTarget.value)}
              // a field of the children that is to be filled in first has it in their place
              data-autofocus
            />
          )}
          {problem !== undefined && problem !== null && <ProblemAlert problem={problem} title={`${action}: refused`} />}
          <Group justify="flex-end">
            {waitsFor && (
              <Text size="sm" c="dimmed" id={why}>
                {waitsFor}
              </Text>
            )}
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={danger ? 'red' : undefined}
              disabled={!ready}
              aria-describedby={ready ? undefined : why}
              loading={pending}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
