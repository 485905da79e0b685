import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';

/**
 * Something that is done and changes what is known: all of it is asked anew then, since a sale shows in lists, numbers
 * and the history.
 *
 * @param said told once it went well
 */
export function useDeed<Variables, Result>(
  work: (variables: Variables) => Promise<Result>,
  { said, onDone }: { said?: string; onDone?: (result: Result) => void } = {},
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess(result) {
      if (said !== undefined) notifications.show({ message: said, color: 'teal' });
      onDone?.(result);
    },
    onSettled: () => queries.invalidateQueries(),
  });
}
