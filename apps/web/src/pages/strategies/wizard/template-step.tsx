import { Text } from '@mantine/core';
import { ChoiceCard } from './choice-card';
import { TEMPLATES } from './templates';
import classes from './wizard.module.css';

export function TemplateStep({ chosen, onChoose }: { chosen: string | null; onChoose: (key: string) => void }) {
  return (
    <div className={classes.cards} role="radiogroup" aria-label="Idea">
      {TEMPLATES.map(({ key, title, idea, weakness }) => (
        <ChoiceCard key={key} title={title} chosen={chosen === key} onChoose={() => onChoose(key)}>
          <Text size="sm" mt={4}>
            {idea}
          </Text>
          <Text size="sm" c="dimmed" mt={4}>
            Weak in: {weakness.charAt(0).toLowerCase() + weakness.slice(1)}
          </Text>
        </ChoiceCard>
      ))}
    </div>
  );
}
