/** Where this company's Ringflow answers; `bin/ringflow widget build --url` puts it in. */
export const serverUrl: string = RINGFLOW_URL;
