/** Where this company's Ringflow answers; put in when the archive is made, see api/widget/archive. */
export const serverUrl: string = RINGFLOW_URL;
