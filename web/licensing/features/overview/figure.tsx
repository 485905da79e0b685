import { Anchor, Card, Text } from '@mantine/core';
import { Link } from 'wouter';

interface FigureParts {
  count: number;
  label: string;
  /** What to do about it. */
  about: string;
  isBad?: boolean;
  href?: string;
}

/** One number, and what to do about it. */
export function Figure({ count, label, about, isBad = false, href }: FigureParts) {
  return (
    <Card withBorder padding="md">
      {href ? (
        <Anchor component={Link} href={href} fw={600}>
          {label}
        </Anchor>
      ) : (
        <Text fw={600}>{label}</Text>
      )}
      <Text fz={28} fw={700} lh={1.3} {...(isBad && { c: 'orange.9' })}>
        {count}
      </Text>
      <Text size="sm" c="dimmed">
        {about}
      </Text>
    </Card>
  );
}
