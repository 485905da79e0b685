/** The extensions of an amoCRM user. @param employees extension → amoCRM user */
export const phonesOf = (userId: number, employees: Readonly<Record<string, number>>): string[] =>
  Object.keys(employees).filter((extension) => employees[extension] === userId);
