import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
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
  /** Something is missing still. */
  disabled?: boolean;
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
    disabled = false,
  } = props;
  const [text, setText] = useState('');
  const ready = !disabled && (typed === undefined || text.trim() === typed);
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
              data-autofocus
            />
          )}
          {problem !== undefined && problem !== null && <ProblemAlert problem={problem} title={`${action}: refused`} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" color={danger ? 'red' : undefined} disabled={!ready} loading={pending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
