/** Under which name calls stand in amoCRM. */
export const integrationName = 'Ringflow';

/** The code of the widget (contract 8.1). */
export const serviceCode = 'ringflow';
