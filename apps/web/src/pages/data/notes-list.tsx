import { List, Text } from '@mantine/core';
import { inWords } from '../../format/words';
import { formatCount, formatPercent } from '../../format/number';
import { StatusBadge } from '../../states/status-badge';
import { noteOf } from './notes';
import classes from './notes-list.module.css';

interface Props {
  notes: readonly unknown[];
  /** The weight of all of them. */
  tone: 'good' | 'warning' | 'bad' | 'calm';
}

/** What was noticed, mended or refused: its words, and how much of the file it concerns. */
export function NotesList({ notes, tone }: Props) {
  return (
    <List spacing={6} listStyleType="none">
      {notes.map((given, index) => {
        const note = noteOf(given);
        return (
          <List.Item key={`${note.code} ${index}`}>
            <div className={classes.note}>
              <div>
                <StatusBadge status={note.code} tone={tone} />
              </div>
              <div>
                <Text size="sm">{note.message || inWords(note.code)}</Text>
                {(note.count !== null || note.line !== null) && (
                  <Text size="xs" c="dimmed">
                    {[
                      note.count === null ? null : `${formatCount(note.count)} of them`,
                      note.share === null ? null : formatPercent(note.share),
                      note.line === null ? null : `line ${note.line}`,
                    ]
                      .filter(Boolean)
                      .join(', ')}
                  </Text>
                )}
              </div>
            </div>
          </List.Item>
        );
      })}
    </List>
  );
}
