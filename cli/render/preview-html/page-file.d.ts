/** A page as one text: tools/page.mjs puts its style and script into it. */
declare module '*.html' {
  const page: string;
  export default page;
}
