import { Stack, Text } from '@mantine/core';
import type { Fact } from './words/document-words';
import classes from './facts.module.css';

/** Facts under their headings: two columns, one on a phone. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ label, sentences }) => (
        <div key={label} className={classes.fact}>
          <Text component="dt" size="sm" fw={600} c="dimmed">
            {label}
          </Text>
          <Stack component="dd" gap={2} m={0}>
            {sentences.map((sentence) => (
              <Text key={sentence} size="sm">
                {sentence}
              </Text>
            ))}
          </Stack>
        </div>
      ))}
    </dl>
  );
}
