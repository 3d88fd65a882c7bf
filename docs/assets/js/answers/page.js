/** The page where the answers to a survey become figures, pictures and a report. */

export {};
