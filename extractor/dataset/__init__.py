"""A searchable dataset and a web page over extracted tables."""
