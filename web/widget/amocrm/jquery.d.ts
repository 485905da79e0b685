/** amoCRM gives its own jQuery to widgets; needed for the page's own events, which the DOM does not see. */
declare module 'jquery' {
  const $: (target: Document) => {
    on(event: string, listener: () => void): void;
    off(event: string, listener: () => void): void;
  };
  export default $;
}
