import { Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './wizard.module.css';

interface Props {
  title: string;
  chosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}

/** One of several, as a card: a radio button to keyboard and screen reader. */
export function ChoiceCard({ title, chosen, onChoose, children }: Props) {
  return (
    <UnstyledButton role="radio" aria-checked={chosen} onClick={onChoose} className={classes.card}>
      <Text fw={600}>
        <span aria-hidden="true">{chosen ? '● ' : '○ '}</span>
        {title}
      </Text>
      {children}
    </UnstyledButton>
  );
}
